#include "server/store/sqlite/file_state.h"

#include <sys/stat.h>

namespace prism::store::sqlite {

FileState FileState::from(const struct stat& status)
{
    constexpr qint64 second = 1'000'000'000;
    FileState state;
    state.device = quint64(status.st_dev);
    state.number = quint64(status.st_ino);
    state.links = quint64(status.st_nlink);
    state.size = qint64(status.st_size);
    state.changed = qint64(status.st_mtim.tv_sec) * second + qint64(status.st_mtim.tv_nsec);
    state.isRegular = S_ISREG(status.st_mode);
    return state;
}

std::optional<FileState> FileState::of(const QByteArray& path)
{
    struct stat status
    {
    };
    return ::lstat(path.constData(), &status) == 0 ? std::optional(from(status)) : std::nullopt;
}

std::optional<FileState> FileState::behind(const QByteArray& path)
{
    struct stat status
    {
    };
    return ::stat(path.constData(), &status) == 0 ? std::optional(from(status)) : std::nullopt;
}

std::optional<FileState> FileState::of(int descriptor)
{
    struct stat status
    {
    };
    return ::fstat(descriptor, &status) == 0 ? std::optional(from(status)) : std::nullopt;
}

} // namespace prism::store::sqlite
