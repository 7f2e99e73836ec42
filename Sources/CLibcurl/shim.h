#pragma once
#include <curl/curl.h>

// Swift cannot call variadic C functions. Each wrapper below fixes one argument type of one of libcurl's variadic
// functions; the name of the function is in brackets because curl also defines it as a type-checking macro.

/// Sets an option that takes a number or a switch.
static inline CURLcode shim_easy_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets an option that takes a 64-bit size.
static inline CURLcode shim_easy_set_offset(CURL *easy, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets an option that takes a string; NULL takes it back to "none", which is not always libcurl's default.
static inline CURLcode shim_easy_set_string(CURL *easy, CURLoption option, const char *value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets an option that takes the data pointer of a callback, or a buffer.
static inline CURLcode shim_easy_set_pointer(CURL *easy, CURLoption option, void *value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets an option that takes a linked list; libcurl does not copy it.
static inline CURLcode shim_easy_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets the read, write or header callback: all three have this shape.
static inline CURLcode shim_easy_set_data_callback(
    CURL *easy, CURLoption option, size_t (*value)(char *, size_t, size_t, void *)) {
    return (curl_easy_setopt)(easy, option, value);
}

/// Sets the callback that rewinds a request body when libcurl must send it again.
static inline CURLcode shim_easy_set_seek_callback(CURL *easy, int (*value)(void *, curl_off_t, int)) {
    return (curl_easy_setopt)(easy, CURLOPT_SEEKFUNCTION, value);
}

/// Sets the progress callback.
static inline CURLcode shim_easy_set_progress_callback(
    CURL *easy, int (*value)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t)) {
    return (curl_easy_setopt)(easy, CURLOPT_XFERINFOFUNCTION, value);
}

/// Reads a number.
static inline CURLcode shim_easy_get_long(CURL *easy, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

/// Reads a 64-bit size or a time in microseconds.
static inline CURLcode shim_easy_get_offset(CURL *easy, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(easy, info, value);
}

/// Reads the socket of the last connection.
static inline CURLcode shim_easy_get_socket(CURL *easy, curl_socket_t *value) {
    return (curl_easy_getinfo)(easy, CURLINFO_ACTIVESOCKET, value);
}

/// Sets a limit of the multi handle.
static inline CURLMcode shim_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

/// The result of a finished transfer: a C union that Swift would read by an unsafe cast.
static inline CURLcode shim_message_result(CURLMsg *message) {
    return message->data.result;
}
