#pragma once

#include <QByteArray>

#include <filesystem>
#include <memory>
#include <sqlite3.h>

namespace prism::test {

struct CloseDatabase
{
    void operator()(sqlite3* handle) const { sqlite3_close(handle); }
};

/// A database file, opened beside the server's own code.
using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;

inline DatabaseHandle openDatabase(const std::filesystem::path& file)
{
    sqlite3* handle = nullptr;
    sqlite3_open(file.c_str(), &handle);
    return DatabaseHandle(handle);
}

/// What a SELECT of one number gives; -1 where it gives none.
inline int numberOf(sqlite3* handle, const char* sql)
{
    int number = -1;
    sqlite3_exec(
        handle, sql,
        [](void* context, int, char** values, char**) {
            *static_cast<int*>(context) = QByteArray(values[0]).toInt();
            return 0;
        },
        &number, nullptr);
    return number;
}

} // namespace prism::test
