#include "server/store/sqlite/watermark.h"

#include "server/store/sqlite/companion_file.h"
#include "server/store/sqlite/file_state.h"

#include <QCryptographicHash>
#include <QFile>
#include <QList>

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace prism::store::sqlite {

using protocol::Position;

namespace {

/// One sector holds it all, so a write is seen whole or not at all; the sum is there for disks that do
/// otherwise.
constexpr qsizetype noteSize = 256;

/// What is a link, or has another name too, is left alone: who writes here would write there.
int openNote(const QByteArray& file)
{
    const int descriptor = ::open(file.constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    const auto state = FileState::of(descriptor);
    if (state && state->isRegular && state->links == 1)
        return descriptor;
    if (descriptor >= 0)
        ::close(descriptor);
    return -1;
}

bool writeAtOnce(int descriptor, const QByteArray& text)
{
    return descriptor >= 0 &&
           ::pwrite(descriptor, text.constData(), std::size_t(text.size()), 0) == text.size();
}

/// Number and birth: a copy has another birth, also where it was given the number of the file it replaces.
QByteArray identityOf(int descriptor)
{
    struct statx status
    {
    };
    if (descriptor < 0 || ::statx(descriptor, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &status) != 0)
        return "unknown";
    QByteArray identity = QByteArray::number(qulonglong(status.stx_ino));
    if ((status.stx_mask & STATX_BTIME) != 0)
        identity += '-' + QByteArray::number(qlonglong(status.stx_btime.tv_sec)) + '.' +
                    QByteArray::number(status.stx_btime.tv_nsec);
    return identity;
}

QByteArray sumOf(const QByteArray& text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().left(16);
}

QByteArray encode(const Position& position, const QByteArray& identity)
{
    const QByteArray epoch = position.epoch.toLatin1();
    const QByteArray seq = QByteArray::number(qlonglong(position.seq));
    const QByteArray text = epoch + ' ' + seq + ' ' + identity + ' ' + sumOf(epoch + seq + identity) + '\n';
    return text.leftJustified(noteSize, ' ');
}

} // namespace

Watermark::Watermark(const QString& databaseFile)
    : m_file(QFile::encodeName(companionFile(databaseFile, QLatin1String(".watermark"))))
    , m_descriptor(openNote(m_file))
    , m_identity(identityOf(m_descriptor))
{
    read();
}

Watermark::~Watermark()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

void Watermark::read()
{
    std::array<char, noteSize> bytes{};
    if (m_descriptor < 0 || ::pread(m_descriptor, bytes.data(), bytes.size(), 0) != noteSize)
        return;
    const QList<QByteArray> words = QByteArray(bytes.data(), noteSize).simplified().split(' ');
    if (words.size() != 4 || sumOf(words[0] + words[1] + words[2]) != words[3])
        return;
    m_noted = Position{QString::fromLatin1(words[0]), words[1].toLongLong()};
    m_notedIdentity = words[2];
}

std::optional<QString> Watermark::contradictionTo(const Position& position) const
{
    if (!m_noted)
        return std::nullopt;
    if (m_noted->epoch != position.epoch)
        return QStringLiteral("another one was here before");
    if (position.seq < m_noted->seq)
        return QStringLiteral("it ends at event %1, and had come to %2").arg(position.seq).arg(m_noted->seq);
    if (m_notedIdentity != m_identity)
        return QStringLiteral("it was copied here together with what was noted of it");
    return std::nullopt;
}

bool Watermark::note(const Position& position)
{
    if (!std::exchange(m_hasBegun, true) && begin(position))
        return true;
    if (m_noted == position && m_notedIdentity == m_identity)
        return true;
    if (!writeAtOnce(m_descriptor, encode(position, m_identity)))
        return false;
    m_noted = position;
    m_notedIdentity = m_identity;
    return true;
}

/// Takes the place of the file of the run before once it says all there is to say: whoever is killed on the
/// way leaves one or the other, and both are right.
bool Watermark::begin(const Position& position)
{
    const QByteArray made = m_file + ".new";
    ::unlink(made.constData()); // of a run that was killed
    const int descriptor = ::open(made.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return false;
    const QByteArray identity = identityOf(descriptor);
    if (!writeAtOnce(descriptor, encode(position, identity)) || ::fdatasync(descriptor) != 0 ||
        ::rename(made.constData(), m_file.constData()) != 0) {
        ::unlink(made.constData());
        ::close(descriptor);
        return false;
    }
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = descriptor;
    m_identity = identity;
    m_noted = position;
    m_notedIdentity = identity;
    return true;
}

} // namespace prism::store::sqlite
