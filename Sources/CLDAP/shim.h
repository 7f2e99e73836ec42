#pragma once
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <lber.h>
#include <ldap.h>

// Options of libldap are given by untyped pointers and macros that Swift does not see; each wrapper below fixes the type of
// some of them. All give 0 (LDAP_OPT_SUCCESS) where the option was taken.

/// The protocol's third version, no referrals to servers that nobody has named, and how long a connection and an operation may
/// take, in seconds.
static inline int shim_ldap_prepare(LDAP *ldap, int seconds) {
    int version = LDAP_VERSION3;
    struct timeval limit = {seconds, 0};
    int failed = ldap_set_option(ldap, LDAP_OPT_PROTOCOL_VERSION, &version);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_NETWORK_TIMEOUT, &limit);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_TIMEOUT, &limit);
    return failed;
}

/// TLS 1.2 or later with a certificate that the authority in the file vouches for and that names the server, whatever the
/// configuration files and the environment of the machine say.
static inline int shim_ldap_require_tls(LDAP *ldap, const char *authority) {
    int demand = LDAP_OPT_X_TLS_DEMAND, least = LDAP_OPT_X_TLS_PROTOCOL_TLS1_2, client = 0;
    int failed = ldap_set_option(ldap, LDAP_OPT_X_TLS_CACERTFILE, authority);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_X_TLS_PROTOCOL_MIN, &least);
    if (!failed) failed = ldap_set_option(ldap, LDAP_OPT_X_TLS_NEWCTX, &client);
    return failed;
}

/// Lets the library prepare what all its handles share; called once, before there are several threads in it.
static inline int shim_ldap_begin(void) {
    int version = 0;
    return ldap_get_option(NULL, LDAP_OPT_PROTOCOL_VERSION, &version);
}

/// What ends a connection from another thread: the library waits without end for a server that accepts and says nothing.
struct shim_ldap_watch {
    struct ldap_conncb callback;
    int socket; // a descriptor of our own for the connection's socket; -1 where there is none
};

static int shim_ldap_connected(
    LDAP *ldap, Sockbuf *buffer, LDAPURLDesc *server, struct sockaddr *address, struct ldap_conncb *callback) {
    struct shim_ldap_watch *watch = callback->lc_arg;
    int found = -1;
    (void)ldap, (void)server, (void)address;
    ber_sockbuf_ctrl(buffer, LBER_SB_OPT_GET_FD, &found);
    int own = found < 0 ? -1 : dup(found);
    int before = __atomic_exchange_n(&watch->socket, own, __ATOMIC_SEQ_CST);
    if (before >= 0) close(before);
    return 0;
}

static void shim_ldap_closing(LDAP *ldap, Sockbuf *buffer, struct ldap_conncb *callback) {
    (void)ldap, (void)buffer, (void)callback;
}

/// Lets a watch know the socket of a handle's connection. The watch must outlive the handle.
static inline int shim_ldap_begin_watch(LDAP *ldap, struct shim_ldap_watch *watch) {
    watch->callback.lc_add = shim_ldap_connected;
    watch->callback.lc_del = shim_ldap_closing;
    watch->callback.lc_arg = watch;
    watch->socket = -1;
    return ldap_set_option(ldap, LDAP_OPT_CONNECT_CB, &watch->callback);
}

/// Breaks the connection off: whoever waits for it is told that it ended.
static inline void shim_ldap_break(struct shim_ldap_watch *watch) {
    int own = __atomic_load_n(&watch->socket, __ATOMIC_SEQ_CST);
    if (own >= 0) shutdown(own, SHUT_RDWR);
}

/// Ends the watch, after its handle.
static inline void shim_ldap_end_watch(struct shim_ldap_watch *watch) {
    int own = __atomic_exchange_n(&watch->socket, -1, __ATOMIC_SEQ_CST);
    if (own >= 0) close(own);
}

/// Proves by a name and a password who asks; the password is bytes and their number.
static inline int shim_ldap_bind(LDAP *ldap, const char *name, const char *password, size_t length) {
    struct berval secret = {length, (char *)password};
    return ldap_sasl_bind_s(ldap, name, LDAP_SASL_SIMPLE, &secret, NULL, NULL, NULL);
}

/// Searches within a number of seconds, at most so many entries; `attributes` ends with NULL.
static inline int shim_ldap_search(
    LDAP *ldap, const char *base, int scope, const char *filter, char **attributes, int seconds, int most,
    LDAPMessage **found) {
    struct timeval limit = {seconds, 0};
    return ldap_search_ext_s(ldap, base, scope, filter, attributes, 0, NULL, NULL, &limit, most, found);
}
