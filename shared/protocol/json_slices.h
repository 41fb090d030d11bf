#pragma once

#include <QByteArrayView>
#include <QLatin1String>
#include <QStringList>

#include <initializer_list>
#include <optional>
#include <vector>

namespace prism::protocol {

// Parts of a text that is JSON, which JsonScan has said: the functions read no further than they need and
// look for no faults.

/// The text of the value that these names lead to, from the outermost object inwards. Of members of one name
/// the last counts, as everywhere. Nothing where there is none.
std::optional<QByteArrayView> sliceOf(QByteArrayView json, std::initializer_list<QLatin1String> names);

/// The texts of an array's entries; none of anything else.
std::vector<QByteArrayView> entrySlices(QByteArrayView json);

/// For each place, in bytes and rising, how the value is called that it lies in: "violations[2].message".
/// Empty for the whole.
QStringList pathsTo(QByteArrayView json, const std::vector<qsizetype>& places);

} // namespace prism::protocol
