#pragma once

// Swift cannot call variadic C functions, and GRDB's module of SQLite leaves this one out. The declarations are repeated
// here rather than included, so that no type of SQLite comes from two modules.

extern int sqlite3_config(int, ...);

/// Stops SQLite from counting the memory it uses (`SQLITE_CONFIG_MEMSTATUS`, 9): the counter has one lock for all
/// connections, and every allocation takes it. To be called before the first connection is opened; `SQLITE_MISUSE` (21)
/// after that. Gives `SQLITE_OK` (0).
static inline int shim_sqlite_forget_memory_statistics(void) { return sqlite3_config(9, 0); }
