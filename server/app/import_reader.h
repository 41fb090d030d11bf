#pragma once

#include <QJsonObject>
#include <QStringList>

#include <functional>

namespace prism::app {

enum class ImportKind { Retro, Check, Record };

/// A file to import: as it was named, and its place, which is the same whichever path led to it.
struct ImportFile
{
    QString path;
    QString place;
};

/// One object of a file.
struct ImportObject
{
    ImportKind kind;
    QJsonObject json;
    QString place;   ///< for a person: the file, and the line in it
    QByteArray text; ///< as it was read
};

/// Reads the files of an import: .json with one object a file, .ndjson and .jsonl with one a line. Each
/// object is a retrospective, a check or a record; those without an id get one made of their content and
/// place, so that the same import twice stores nothing twice.
class ImportReader
{
public:
    using Accept = std::function<void(const ImportObject&)>;
    using Complain = std::function<void(const QString& place, const QString& why)>;

    ImportReader(Accept accept, Complain complain);

    /// The files that these paths name: each file itself, and the importable files below each folder, sorted;
    /// each once, whatever leads to it. A path that does not exist is complained about.
    QList<ImportFile> filesOf(const QStringList& paths) const;

    void read(const ImportFile& file) const;

private:
    void readLines(const ImportFile& file) const;
    void readWhole(const ImportFile& file) const;
    void readObject(const QByteArray& text, const QString& place, const QString& placeForId) const;

    const Accept m_accept;
    const Complain m_complain;
};

} // namespace prism::app
