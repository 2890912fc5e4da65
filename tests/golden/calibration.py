"""How honest the reader is about doubt, on the marked documents: of the fields that it calls sure, the share that is
right; of the wrong ones, the share that it doubted. usage: calibration.py SHARED_DOCUMENTS PREDICTIONS"""
import collections
import json
import os
import sys

docs, pred = sys.argv[1:3]
sys.path.insert(0, docs)
import score_docs as s  # noqa: E402  the scorer says what is right

kinds = ("deadline", "responsible", "indicator", "meta")
n = collections.Counter()
wrong_sure = []


def count(kind, right, doubted, where):
    n[kind, "doubtful" if doubted else "sure", right] += 1
    if not right and not doubted:
        wrong_sure.append(where)


def doubts(a, field):
    return any(str(x).startswith(field) for x in a.get("doubtful") or [])


def pairs(gold, got):
    found = []
    for i, a in enumerate(gold):
        for j, b in enumerate(got):
            like = s.sim(s.act_text(a), s.act_text(b))
            same = s.clause(a.get("clause")) is not None and s.clause(a.get("clause")) == s.clause(b.get("clause"))
            if like >= 0.5 or (same and like >= 0.3):
                found.append((like + 0.15 * same, i, j))
    left, right = set(), set()
    for _, i, j in sorted(found, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield gold[i], got[j]


def task(name, a, b):
    where = "%s %s" % (name, a.get("clause"))
    _, core, _ = s.score_dl(a["deadlines"], b.get("deadlines") or [])
    if a["deadlines"] or b.get("deadlines"):
        count("deadline", core == 1, doubts(b, "deadlines"), where + " deadline")
    _, exact = s.set_f1([s.who(x) for x in a["responsible"]], [s.who(x) for x in b.get("responsible") or []])
    if a["responsible"] or b.get("responsible"):
        count("responsible", bool(exact), doubts(b, "responsible"), where + " responsible")
    want = sorted(float(x["target"]) for x in a["indicators"] if x.get("target") is not None)
    have = sorted(s.num(x["target"]) for x in b.get("indicators") or [] if s.num(x.get("target")) is not None)
    if want or have:
        count("indicator", want == have, doubts(b, "indicators"), where + " indicator")


for f in sorted(os.listdir(os.path.join(docs, "gold"))):
    if not f.endswith(".json"):
        continue
    gold = s.load(os.path.join(docs, "gold", f))
    with open(os.path.join(pred, f), encoding="utf-8") as h:
        got = json.load(h)
    is_task = [x for x in got["assignments"] if (x.get("type") or "task") == "task"]
    for a, b in pairs([x for x in gold["assignments"] if (x.get("type") or "task") == "task"], is_task):
        task(f[:-5], a, b)
    _, meta, _ = s.score_doc(gold, got)
    for key, right in meta.items():
        count("meta", bool(right), key in (got["meta"].get("doubtful") or []), f[:-5] + " " + key)

sure = right = wrong = caught = doubtful = 0
for k in kinds:
    a, b = n[k, "sure", True], n[k, "sure", False]
    c, d = n[k, "doubtful", True], n[k, "doubtful", False]
    print("# %-11s sure %d, right %d; doubtful %d, wrong among them %d" % (k, a + b, a, c + d, d))
    sure, right, wrong, caught, doubtful = sure + a + b, right + a, wrong + b + d, caught + d, doubtful + c + d
print("# sure and right: %.4f of %d; doubtful: %.3f of all; wrong ones doubted: %d of %d" % (
    right / sure, sure, doubtful / (sure + doubtful), caught, wrong))
for w in wrong_sure:
    print("# wrong and sure:", w)
sys.exit(right / sure < 0.99)
