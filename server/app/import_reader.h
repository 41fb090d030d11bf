#pragma once

#include <QJsonObject>
#include <QStringList>

#include <functional>

namespace prism::app {

enum class ImportKind { Retro, Check, Record };

/// A file to import, and its name below the path that led to it.
struct ImportFile
{
    QString path;
    QString name;
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

    /// The files that these paths name: each file itself, and the importable files below each folder, sorted.
    /// A path that does not exist is complained about.
    QList<ImportFile> filesOf(const QStringList& paths) const;

    /// `name` is what stands for the file in the ids that are made.
    void read(const QString& file, const QString& name) const;

private:
    void readLines(const QString& file, const QString& name) const;
    void readWhole(const QString& file, const QString& name) const;
    void readObject(const QByteArray& text, const QString& place, const QString& placeForId) const;

    const Accept m_accept;
    const Complain m_complain;
};

} // namespace prism::app
