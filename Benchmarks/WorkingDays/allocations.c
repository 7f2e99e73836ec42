// Counts every allocation of the process, so that "no allocation per call" is measured and not believed.
#include <stddef.h>

extern void *__libc_malloc(size_t size);
static long count;

void *malloc(size_t size) {
    count++;
    return __libc_malloc(size);
}

long allocationCount(void) { return count; }
