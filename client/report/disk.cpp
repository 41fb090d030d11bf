#include "client/report/disk.h"

#include "shared/protocol/try.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace prism::report {

using protocol::Result;

namespace {

/// Closes what it holds.
class OpenFile
{
public:
    OpenFile(const QString& path, int flags)
        : m_descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR))
    {
    }
    ~OpenFile()
    {
        if (isOpen())
            ::close(m_descriptor);
    }
    Q_DISABLE_COPY_MOVE(OpenFile)

    bool isOpen() const { return m_descriptor >= 0; }
    bool sync() const { return ::fsync(m_descriptor) == 0; }

    bool write(QByteArrayView bytes) const
    {
        while (!bytes.isEmpty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), std::size_t(bytes.size()));
            if (written < 0 && errno != EINTR)
                return false;
            bytes = bytes.sliced(std::max<ssize_t>(written, 0));
        }
        return true;
    }

private:
    const int m_descriptor;
};

protocol::Failure failed(const QString& path, int error)
{
    return protocol::Failure(protocol::Error{protocol::ErrorCode::Unavailable,
                                             path + QStringLiteral(": ") + qt_error_string(error)});
}

} // namespace

Result<void> makeFolder(const QString& path)
{
    const QByteArray name = QFile::encodeName(path);
    if (::mkdir(name.constData(), S_IRWXU) == 0 || errno == EEXIST)
        return {};
    if (errno != ENOENT || path.size() <= 1)
        return failed(path, errno);
    PRISM_TRY(makeFolder(QDir::cleanPath(path + QStringLiteral("/.."))));
    return ::mkdir(name.constData(), S_IRWXU) == 0 || errno == EEXIST ? Result<void>() : failed(path, errno);
}

Result<void> putFile(const QString& folder, const QString& name, const QByteArray& content)
{
    const QString path = folder + u'/' + name;
    const QString part = path + unfinished;
    const OpenFile file(part, O_WRONLY | O_CREAT | O_EXCL);
    if (!file.isOpen())
        return failed(path, errno);
    const bool isWritten =
        file.write(content) && file.sync() &&
        ::rename(QFile::encodeName(part).constData(), QFile::encodeName(path).constData()) == 0;
    if (!isWritten) {
        const int error = errno;
        ::unlink(QFile::encodeName(part).constData());
        return failed(path, error);
    }
    const OpenFile holder(folder, O_RDONLY | O_DIRECTORY);
    return holder.isOpen() && holder.sync() ? Result<void>() : failed(folder, errno);
}

} // namespace prism::report
