#include "server/store/watermark.h"

#include "server/store/companion_file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QList>

#include <array>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace prism::store {

using protocol::Position;

namespace {

/// One sector holds it all, so a write is seen whole or not at all; the sum is there for disks that do
/// otherwise.
constexpr qsizetype noteSize = 256;

int openBeside(const QString& databaseFile)
{
    const QString file = companionFile(databaseFile, QLatin1String(".watermark"));
    return ::open(QFile::encodeName(file).constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
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

} // namespace

Watermark::Watermark(const QString& databaseFile)
    : m_descriptor(openBeside(databaseFile))
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
        return QStringLiteral("its folder is a copy of the one it was used in");
    return std::nullopt;
}

bool Watermark::note(const Position& position)
{
    if (m_noted == position && m_notedIdentity == m_identity)
        return true;
    const QByteArray text = encode(position);
    if (m_descriptor < 0 ||
        ::pwrite(m_descriptor, text.constData(), std::size_t(text.size()), 0) != text.size())
        return false;
    m_noted = position;
    m_notedIdentity = m_identity;
    return true;
}

QByteArray Watermark::encode(const Position& position) const
{
    const QByteArray epoch = position.epoch.toLatin1();
    const QByteArray seq = QByteArray::number(qlonglong(position.seq));
    const QByteArray text =
        epoch + ' ' + seq + ' ' + m_identity + ' ' + sumOf(epoch + seq + m_identity) + '\n';
    return text.leftJustified(noteSize, ' ');
}

} // namespace prism::store
