#pragma once

#include <QString>

namespace prism::store::sqlite {

/// The file that lies beside a database under the same name and this ending, e.g. ".lock". One for one
/// database, however many links lead to it.
QString companionFile(const QString& databaseFile, QLatin1String ending);

} // namespace prism::store::sqlite
