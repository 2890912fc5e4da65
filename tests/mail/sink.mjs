// A small real SMTP server for tests (RFC 5321, AUTH, STARTTLS): keeps what it was given, and can be told to misbehave.
import { createServer } from "node:net";
import { TLSSocket, createSecureContext } from "node:tls";

/**
 * {port, letters, stop(), say}. letters: {from, to, raw, login, tls}. opt: tls {key, cert} offers STARTTLS, implicit: from the first byte,
 * auth "login:password" is demanded. sink.onData(letter): the answer to the body ("250 ok"), or null to say nothing for ever.
 */
export async function startSink(opt = {}) {
  const sink = { letters: [], onData: () => "250 2.0.0 taken", onRcpt: () => "250 ok", connections: 0 };
  const sockets = new Set();
  const serve = (socket, state) => {
    let buffer = Buffer.alloc(0);
    const say = (line) => socket.writable && socket.write(line + "\r\n");
    const body = () => {
      const end = buffer.indexOf("\r\n.\r\n");
      if (end < 0) return false;
      const raw = buffer.subarray(0, end + 2).toString("utf8").replace(/^\.\./gm, ".");
      buffer = buffer.subarray(end + 5);
      const letter = { from: state.from, to: state.to, raw, login: state.login ?? "", tls: socket instanceof TLSSocket };
      sink.letters.push(letter);
      state.data = false;
      state.to = [];
      const answer = sink.onData(letter);
      if (answer) say(answer);
      return true;
    };
    const command = () => {
      const end = buffer.indexOf("\r\n");
      if (end < 0) return false;
      const line = buffer.subarray(0, end).toString("utf8");
      buffer = buffer.subarray(end + 2);
      const word = line.split(" ")[0].toUpperCase();
      if (state.asked) {
        const got = Buffer.from(line, "base64").toString("utf8");
        if (state.asked === "plain") state.pair = got.split("\0").slice(1).join(":");
        else if (state.asked === "user") { state.asked = "pass"; state.pair = got; say("334 UGFzc3dvcmQ6"); return true; }
        else state.pair += ":" + got;
        state.asked = null;
        if (state.pair === opt.auth) { state.login = state.pair; say("235 ok"); } else say("535 5.7.8 wrong password");
      } else if (word === "EHLO" || word === "HELO") {
        const more = [];
        if (opt.tls && !(socket instanceof TLSSocket)) more.push("STARTTLS");
        if (opt.auth) more.push("AUTH PLAIN LOGIN");
        more.push("8BITMIME");
        more.forEach((m, i) => say(`250${i === more.length - 1 ? " " : "-"}${m}`));
      } else if (word === "STARTTLS" && opt.tls) {
        say("220 go");
        socket.removeAllListeners("data");
        const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(opt.tls) });
        secure.on("error", () => socket.destroy());
        serve(secure, {});
        return false;
      } else if (word === "AUTH") {
        const [, how, first] = line.split(" ");
        if (how.toUpperCase() === "PLAIN" && first) {
          state.pair = Buffer.from(first, "base64").toString("utf8").split("\0").slice(1).join(":");
          if (state.pair === opt.auth) { state.login = state.pair; say("235 ok"); } else say("535 5.7.8 wrong password");
        } else { state.asked = how.toUpperCase() === "PLAIN" ? "plain" : "user"; say(how.toUpperCase() === "PLAIN" ? "334 " : "334 VXNlcm5hbWU6"); }
      } else if (opt.auth && !state.login && word === "MAIL") say("530 5.7.0 who are you");
      else if (word === "MAIL") { state.from = /<(.*?)>/.exec(line)[1]; state.to = []; say("250 ok"); }
      else if (word === "RCPT") { const to = /<(.*?)>/.exec(line)[1]; const a = sink.onRcpt(to); if (a.startsWith("2")) state.to.push(to); say(a); }
      else if (word === "DATA") { state.data = true; say("354 go on"); }
      else if (word === "RSET" || word === "NOOP") say("250 ok");
      else if (word === "QUIT") { say("221 bye"); socket.end(); }
      else say("502 unknown");
      return true;
    };
    socket.on("data", (d) => {
      buffer = Buffer.concat([buffer, d]);
      while (state.data ? body() : command());
    });
    socket.on("error", () => {});
  };
  const server = createServer((socket) => {
    sink.connections++;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    if (opt.implicit) {
      const secure = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(opt.tls) });
      secure.on("error", () => socket.destroy());
      secure.write("220 sink\r\n");
      serve(secure, {});
      return;
    }
    socket.write("220 sink\r\n");
    serve(socket, {});
  });
  await new Promise((ok) => server.listen(0, "127.0.0.1", ok));
  sink.port = server.address().port;
  sink.stop = () => new Promise((ok) => { for (const s of sockets) s.destroy(); server.close(ok); });
  return sink;
}

/** Headers (unfolded, encoded words decoded), and the parts decoded from base64. */
export function parse(raw) {
  const at = raw.indexOf("\r\n\r\n");
  const lines = raw.slice(0, at).replace(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = {};
  for (const l of lines) {
    const colon = l.indexOf(":");
    headers[l.slice(0, colon).toLowerCase()] = l.slice(colon + 1).trim()
      .replace(/(=\?UTF-8\?B\?([^?]*)\?=)(\s+(?==\?))?/g, (_, __, b) => Buffer.from(b, "base64").toString("latin1"))
      .replace(/[\x80-\xff]+/g, (m) => Buffer.from(m, "latin1").toString("utf8"));
  }
  const boundary = /boundary="([^"]+)"/.exec(headers["content-type"])[1];
  const parts = raw.slice(at + 4).split(`--${boundary}`).slice(1, -1).map((p) => {
    const cut = p.indexOf("\r\n\r\n");
    return { head: p.slice(0, cut), text: Buffer.from(p.slice(cut), "base64").toString("utf8") };
  });
  return { headers, parts };
}
