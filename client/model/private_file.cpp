#include "client/model/private_file.h"

#include "client/model/log.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

namespace prism::model {

bool writePrivateFile(const QString& path, const QByteArray& bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
        file.write(bytes) >= 0 && file.commit())
        return true;
    qCInfo(modelLog) << path << "is not kept:" << file.errorString();
    return false;
}

} // namespace prism::model
