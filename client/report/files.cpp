#include "client/report/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace prism::report {

QString baseFolder(const char* variable, QLatin1String inHome)
{
    const QString named = qEnvironmentVariable(variable);
    return QDir::isAbsolutePath(named) ? named : QDir::homePath() + u'/' + inHome;
}

std::optional<QByteArray> contentOf(const QString& path, qint64 most)
{
    QFile file(path);
    // A pipe would let whoever opens it wait.
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    QByteArray content = file.read(most + 1);
    if (content.size() > most)
        return std::nullopt;
    return content;
}

} // namespace prism::report
