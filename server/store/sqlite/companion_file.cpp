#include "server/store/sqlite/companion_file.h"

#include <QFileInfo>

namespace prism::store::sqlite {

QString companionFile(const QString& databaseFile, QLatin1String ending)
{
    const QFileInfo info(databaseFile);
    if (info.exists())
        return info.canonicalFilePath() + ending;
    const QString folder = QFileInfo(info.absolutePath()).canonicalFilePath();
    return (folder.isEmpty() ? info.absolutePath() : folder) + QLatin1Char('/') + info.fileName() + ending;
}

} // namespace prism::store::sqlite
