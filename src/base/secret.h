/* Cryptography of libsodium behind our types: passwords, tokens, hashes. */
#ifndef BASE_SECRET_H
#define BASE_SECRET_H

#include "base/str.h"

#define HASH_BYTES 32

/* Once at start; EC_IO when the library cannot start. Thread-safe afterwards. */
MUST_USE enum ec secret_init(struct err *e);
/* BLAKE2b-256 over the parts in order (no separators: the caller frames them). */
void secret_hash(const struct str *parts, size_t n, uint8_t ret[HASH_BYTES]);
struct str secret_hash_hex(struct arena *a, struct str bytes);
struct str hex_of(struct arena *a, const uint8_t *p, size_t n);
/* n random bytes as lower-case hex. */
struct str secret_token(struct arena *a, size_t n);
/* argon2id (RFC 9106) in the encoded form; costs: interactive (64 MiB, 2 passes) or, when light, 8
 * MiB for samples and tests. */
MUST_USE enum ec secret_password_hash(
        struct arena *a, struct str password, bool light, struct str *ret, struct err *e);
bool secret_password_ok(struct str encoded, struct str password);
bool secret_equal(struct str a, struct str b); /* constant time */

#endif
