#include "base/secret.h"

#include <sodium.h>

enum ec secret_init(struct err *e)
{
	if (sodium_init() < 0)
		return err_set(e, EC_IO, "libsodium does not start");
	return EC_OK;
}

void secret_hash(const struct str *parts, size_t n, uint8_t ret[HASH_BYTES])
{
	crypto_generichash_state st;
	(void)crypto_generichash_init(&st, NULL, 0, HASH_BYTES);
	for (size_t i = 0; i < n; i++)
		(void)crypto_generichash_update(&st, (const unsigned char *)parts[i].p, parts[i].n);
	(void)crypto_generichash_final(&st, ret, HASH_BYTES);
}

struct str hex_of(struct arena *a, const uint8_t *p, size_t n)
{
	char *out = arena_alloc(a, n * 2 + 1);
	(void)sodium_bin2hex(out, n * 2 + 1, p, n);
	return (struct str){out, n * 2};
}

struct str secret_hash_hex(struct arena *a, struct str bytes)
{
	uint8_t h[HASH_BYTES];
	secret_hash(&bytes, 1, h);
	return hex_of(a, h, sizeof(h));
}

struct str secret_token(struct arena *a, size_t n)
{
	uint8_t *p = arena_alloc(a, n);
	randombytes_buf(p, n);
	return hex_of(a, p, n);
}

enum ec secret_password_hash(
        struct arena *a, struct str password, bool light, struct str *ret, struct err *e)
{
	char *out = arena_alloc(a, crypto_pwhash_STRBYTES);
	unsigned long long ops = light ? 1 : crypto_pwhash_OPSLIMIT_INTERACTIVE;
	size_t mem = light ? 8u << 20 : crypto_pwhash_MEMLIMIT_INTERACTIVE;
	if (crypto_pwhash_str_alg(
	            out, password.p, password.n, ops, mem, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_set(e, EC_IO, "не хватило памяти для хеша пароля");
	*ret = str_c(out);
	return EC_OK;
}

bool secret_password_ok(struct str encoded, struct str password)
{
	char z[crypto_pwhash_STRBYTES] = {0};
	if (encoded.n >= sizeof(z))
		return false;
	for (size_t i = 0; i < encoded.n; i++)
		z[i] = encoded.p[i];
	return crypto_pwhash_str_verify(z, password.p, password.n) == 0;
}

bool secret_equal(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
