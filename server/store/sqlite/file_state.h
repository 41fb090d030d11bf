#pragma once

#include <QByteArray>

#include <optional>

struct stat;

namespace prism::store::sqlite {

/// What the system says of a file at one moment.
struct FileState
{
    quint64 device = 0;
    quint64 number = 0; ///< of the file itself, whatever it is called
    quint64 links = 0;  ///< how many names it has
    qint64 size = 0;    ///< bytes
    qint64 changed = 0; ///< when its content was, nanoseconds since 1970
    bool isRegular = false;

    bool operator==(const FileState&) const = default;

    /// Of what bears this name: a symbolic link is not followed. Nothing, with errno, when it cannot be told.
    static std::optional<FileState> of(const QByteArray& path);

    /// Of what a symbolic link of this name leads to.
    static std::optional<FileState> behind(const QByteArray& path);

    static std::optional<FileState> of(int descriptor);

    bool isSameFile(const FileState& other) const
    {
        return isRegular && device == other.device && number == other.number;
    }

    /// Nobody has written to it between the two.
    bool isUntouchedSince(const FileState& other) const
    {
        return isSameFile(other) && size == other.size && changed == other.changed;
    }

private:
    static FileState from(const struct stat& status);
};

} // namespace prism::store::sqlite
