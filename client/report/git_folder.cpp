#include "client/report/git_folder.h"

#include "client/report/files.h"

#include <QDir>
#include <QFileInfo>

namespace prism::report {

namespace {

constexpr qint64 mostOfALine = 4096;
constexpr qint64 mostOfGitSettings = 1024 * 1024;
constexpr qint64 mostOfReferences = 16 * 1024 * 1024;

constexpr QLatin1String toReference("ref: "), toBranch("refs/heads/"), toFolder("gitdir: ");

QString lineOf(const QString& path)
{
    return QString::fromUtf8(contentOf(path, mostOfALine).value_or(QByteArray())).trimmed();
}

bool isCommit(const QString& text)
{
    constexpr qsizetype sha1 = 40;
    constexpr qsizetype sha256 = 64;
    return (text.size() == sha1 || text.size() == sha256) &&
           std::all_of(text.begin(), text.end(),
                       [](QChar c) { return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'); });
}

/// Of a worktree or a submodule, .git is a file that says where the folder is.
QString folderBehind(const QString& path)
{
    if (QFileInfo(path).isDir())
        return path;
    const QString line = lineOf(path);
    return line.startsWith(toFolder)
               ? QDir::cleanPath(QFileInfo(path).dir().absoluteFilePath(line.mid(toFolder.size())))
               : QString();
}

} // namespace

GitFolder::GitFolder(const QString& folder)
{
    const QString named = qEnvironmentVariable("GIT_DIR");
    if (!named.isEmpty()) {
        m_folder = folderBehind(QDir(folder).absoluteFilePath(named));
        m_worktree = QDir(folder).absolutePath();
    }
    for (QDir dir(folder); m_folder.isEmpty();) {
        if (QFileInfo::exists(dir.filePath(QStringLiteral(".git")))) {
            m_folder = folderBehind(dir.filePath(QStringLiteral(".git")));
            m_worktree = dir.absolutePath();
        }
        if (!m_folder.isEmpty() || !dir.cdUp())
            break;
    }
    if (!isThere())
        return;
    const QString common = lineOf(m_folder + QStringLiteral("/commondir"));
    m_common = common.isEmpty() ? m_folder : QDir::cleanPath(QDir(m_folder).absoluteFilePath(common));
    m_head = lineOf(m_folder + QStringLiteral("/HEAD"));
    for (const QString& file :
         {m_common + QStringLiteral("/config"), QDir::homePath() + QStringLiteral("/.gitconfig"),
          baseFolder("XDG_CONFIG_HOME", QLatin1String(".config")) + QStringLiteral("/git/config")})
        m_settings.append(IniFile(contentOf(file, mostOfGitSettings).value_or(QByteArray())));
}

QString GitFolder::nameOf(const QString& address)
{
    QString path = address;
    while (path.endsWith(u'/'))
        path.chop(1);
    QString name = path.mid(std::max(path.lastIndexOf(u'/'), path.lastIndexOf(u':')) + 1);
    if (name.endsWith(QLatin1String(".git")))
        name.chop(4);
    return name;
}

QString GitFolder::setting(QStringView section, QStringView key) const
{
    for (const IniFile& file : m_settings) {
        if (const QString value = file.value(section, key); !value.isEmpty())
            return value;
    }
    return {};
}

QString GitFolder::project() const
{
    const QString address = setting(u"remote \"origin\"", u"url");
    return nameOf(address.isEmpty() ? m_worktree : address);
}

QString GitFolder::branch() const
{
    const QString whole = toReference + toBranch;
    return m_head.startsWith(whole) ? m_head.mid(whole.size()) : QString();
}

QString GitFolder::commit() const
{
    return m_head.startsWith(toReference) ? commitOf(m_head.mid(toReference.size()))
           : isCommit(m_head)             ? m_head
                                          : QString();
}

QString GitFolder::user() const
{
    const QString author = qEnvironmentVariable("GIT_AUTHOR_NAME");
    return author.isEmpty() ? setting(u"user", u"name") : author;
}

QString GitFolder::hooksFolder() const
{
    const QString named = setting(u"core", u"hookspath");
    if (named.startsWith(QLatin1String("~/")))
        return QDir::homePath() + named.mid(1);
    return named.isEmpty() ? m_common + QStringLiteral("/hooks") : QDir(m_worktree).absoluteFilePath(named);
}

/// A branch has a file of its own, or a line in a file of many.
QString GitFolder::commitOf(const QString& reference) const
{
    if (reference.contains(QLatin1String("..")))
        return {};
    if (const QString line = lineOf(m_common + u'/' + reference); isCommit(line))
        return line;
    const QByteArray packed =
        contentOf(m_common + QStringLiteral("/packed-refs"), mostOfReferences).value_or(QByteArray());
    const QByteArray ending = ' ' + reference.toUtf8();
    for (qsizetype at = packed.indexOf(ending); at >= 0; at = packed.indexOf(ending, at + 1)) {
        const qsizetype end = at + ending.size();
        const qsizetype begin = packed.lastIndexOf('\n', at) + 1;
        const QString commit = QString::fromLatin1(packed.mid(begin, at - begin));
        if ((end == packed.size() || packed[end] == '\n') && isCommit(commit))
            return commit;
    }
    return {};
}

} // namespace prism::report
