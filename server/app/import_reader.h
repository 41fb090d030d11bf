#pragma once

#include <QJsonObject>
#include <QStringList>

#include <functional>

namespace prism::app {

enum class ImportKind { Retro, Check, Record };

/// Reads the files of an import: .json with one object a file, .ndjson and .jsonl with one a line. Each
/// object is a retrospective, a check or a record; those without an id get one made of their content and
/// place, so that the same import twice stores nothing twice.
class ImportReader
{
public:
    using Accept = std::function<void(ImportKind, const QJsonObject&, const QString& place)>;
    using Complain = std::function<void(const QString& place, const QString& why)>;

    ImportReader(Accept accept, Complain complain);

    /// The files that these paths name: each file itself, and the importable files below each folder, sorted.
    /// A path that does not exist is complained about.
    QStringList filesOf(const QStringList& paths) const;

    void read(const QString& file) const;

private:
    void readLines(const QString& file) const;
    void readWhole(const QString& file) const;
    void readObject(const QByteArray& text, const QString& place, const QString& placeForId) const;

    const Accept m_accept;
    const Complain m_complain;
};

} // namespace prism::app
