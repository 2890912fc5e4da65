#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fd_close_ptr(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

static enum ec io_error(struct err *e, const char *path)
{
	char text[128];
	const char *why = strerror_r(errno, text, sizeof(text));
	return err_set(e, errno == ENOENT ? EC_NOTFOUND : EC_IO, "%s: %s", path, why);
}

/* Reads to the end, doubling the space; no trust in st_size (pipes, /proc). */
static enum ec read_all(
        struct arena *a, int fd, const char *path, size_t max, struct str *ret, struct err *e)
{
	struct stat st;
	bool known = fstat(fd, &st) == 0 && st.st_size > 0 && (size_t)st.st_size <= max;
	size_t cap = (known ? (size_t)st.st_size : 0) + 64 * KIB;
	char *p = arena_alloc(a, cap + 1);
	size_t n = 0;
	for (;;) {
		if (n == cap) {
			char *more = arena_alloc(a, cap * 2 + 1);
			memcpy(more, p, n);
			p = more;
			cap *= 2;
		}
		ssize_t got = read(fd, p + n, cap - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return io_error(e, path);
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > max)
			return err_set(e, EC_LIMIT, "%s: файл больше %zu МБ", path, max / MIB);
	}
	p[n] = '\0';
	*ret = (struct str){p, n};
	return EC_OK;
}

enum ec file_read(struct arena *a, const char *path, size_t max, struct str *ret, struct err *e)
{
	if (strcmp(path, "-") == 0)
		return read_all(a, STDIN_FILENO, "стандартный ввод", max, ret, e);
	AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_error(e, path);
	struct stat st;
	if (fstat(fd, &st) != 0)
		return io_error(e, path);
	if (S_ISDIR(st.st_mode))
		return err_set(e, EC_IO, "%s: это папка, а нужен файл", path);
	if (st.st_size > (off_t)max)
		return err_set(e, EC_LIMIT, "%s: файл больше %zu МБ", path, max / MIB);
	return read_all(a, fd, path, max, ret, e);
}

enum ec file_write(const char *path, struct str bytes, struct err *e)
{
	AUTO_ARENA(a, 64 * KIB);
	const char *temp = arena_printf(&a, "%s.%ld.tmp", path, (long)getpid());
	AUTO_FD fd = open(temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (fd < 0)
		return io_error(e, temp);
	for (size_t n = 0; n < bytes.n;) {
		ssize_t put = write(fd, bytes.p + n, bytes.n - n);
		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0) {
			enum ec ec = io_error(e, temp);
			(void)unlink(temp);
			return ec;
		}
		n += (size_t)put;
	}
	if (fsync(fd) != 0 || rename(temp, path) != 0) {
		enum ec ec = io_error(e, path);
		(void)unlink(temp);
		return ec;
	}
	return EC_OK;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

enum ec dir_make(const char *path, struct err *e)
{
	AUTO_ARENA(a, 64 * KIB);
	char *p = str_z(&a, str_c(path));
	for (char *s = p + 1;; s++) {
		if (*s != '/' && *s != '\0')
			continue;
		char keep = *s;
		*s = '\0';
		if (mkdir(p, 0755) != 0 && errno != EEXIST)
			return io_error(e, p);
		*s = keep;
		if (keep == '\0')
			return EC_OK;
	}
}

struct str path_base(struct str path)
{
	size_t i = path.n;
	while (i > 0 && path.p[i - 1] != '/')
		i--;
	return str_skip(path, i);
}

struct str path_ext(struct arena *a, struct str path)
{
	struct str base = path_base(path);
	size_t i = base.n;
	while (i > 0 && base.p[i - 1] != '.')
		i--;
	if (i < 2)
		return STR("");
	char *p = str_z(a, str_skip(base, i));
	for (char *c = p; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z')
			*c = (char)(*c + 32);
	return str_c(p);
}
