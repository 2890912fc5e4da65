#include "web/page_login.h"
#include "web/site.h"

/* Declares form_NAME from fields. */
#define FORM_OF(name, ...)                                                                         \
	static const struct field_spec name##_fields[] = {__VA_ARGS__};                            \
	static const struct form name = {name##_fields, ARRAY_LEN(name##_fields)}

/* clang-format off */
static const struct str themes[] = {STR_INIT("light"), STR_INIT("dark"), STR_INIT("")};

FORM_OF(login_query,
	{STR_INIT("next"), STR_INIT("страница"), FIELD_TEXT, .max = 2000});
FORM_OF(login_form,
	{STR_INIT("next"), STR_INIT("страница"), FIELD_TEXT, .max = 2000},
	{STR_INIT("ticket"), STR_INIT("страница входа"), FIELD_TEXT, .max = 64},
	{STR_INIT("login"), STR_INIT("Логин"), FIELD_TEXT, .max = 100},
	{STR_INIT("password"), STR_INIT("Пароль"), FIELD_PASSWORD, .max = 1000});
FORM_OF(password_form,
	{STR_INIT("old"), STR_INIT("Нынешний пароль"), FIELD_PASSWORD, .max = 1000},
	{STR_INIT("new"), STR_INIT("Новый пароль"), FIELD_PASSWORD, .max = 1000},
	{STR_INIT("again"), STR_INIT("Новый пароль ещё раз"), FIELD_PASSWORD, .max = 1000});
FORM_OF(theme_form,
	{STR_INIT("theme"), STR_INIT("Тема"), FIELD_CHOICE, .required = true, .choice = themes},
	{STR_INIT("back"), STR_INIT("страница"), FIELD_TEXT, .max = 4000});

#define GET  .method = METHOD_GET, .pattern = STR_INIT
#define POST .method = METHOD_POST, .pattern = STR_INIT

const struct route site_routes[] = {
	{GET("/healthz"), .cap = CAP_PUBLIC, .fn = health_get, .title = STR_INIT("Жив ли сервер")},
	{GET("/login"), .cap = CAP_PUBLIC, .fn = login_get, .title = STR_INIT("Вход"), .form = &login_query},
	{POST("/login"), .cap = CAP_PUBLIC, .fn = login_post, .form = &login_form, .no_token = true},
	{POST("/logout"), .cap = CAP_SELF, .fn = logout_post},
	{GET("/me"), .cap = CAP_SELF, .fn = me_get, .title = STR_INIT("Мои роли и пароль")},
	{GET("/password"), .cap = CAP_SELF, .fn = password_get, .title = STR_INIT("Смена пароля")},
	{POST("/password"), .cap = CAP_SELF, .fn = password_post, .form = &password_form},
	{POST("/theme"), .cap = CAP_SELF, .fn = theme_post, .form = &theme_form},
};
const size_t site_routes_n = ARRAY_LEN(site_routes);
/* clang-format on */
