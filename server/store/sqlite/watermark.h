#pragma once

#include "shared/protocol/position.h"

#include <QByteArray>

#include <optional>

namespace prism::store::sqlite {

/// Remembers in a file beside the database how far its log of events had come, so that a database that was
/// put back from a copy is not taken for the one that clients know: what it will write under the next numbers
/// is not what they have seen under them.
///
/// Each run notes in a file of its own, which takes the place of the one before. So a note of an earlier run
/// that was put back together with its database is told by the file it lies in.
///
/// Only what is on disk may be noted. Then the note is never ahead of a database that was left alone, whether
/// the server was killed or the power cut, although the file is not synced later on. Lives on one thread.
class Watermark
{
public:
    /// Reads what was noted. A file that is missing or not whole says nothing.
    explicit Watermark(const QString& databaseFile);
    ~Watermark();
    Watermark(const Watermark&) = delete;
    Watermark& operator=(const Watermark&) = delete;

    /// In words, why the database at this position cannot be the one that was here at the last note. Nothing
    /// when it can.
    std::optional<QString> contradictionTo(const protocol::Position& position) const;

    /// Notes the position, unless it is what was noted last. The first note begins a new file; where that
    /// cannot be made, the old one is gone on with. False when neither can be written.
    bool note(const protocol::Position& position);

private:
    void read();
    bool begin(const protocol::Position& position);

    const QByteArray m_file;
    int m_descriptor;
    QByteArray m_identity; ///< of the file itself: a copy of it has another
    QByteArray m_notedIdentity;
    bool m_hasBegun = false;
    std::optional<protocol::Position> m_noted;
};

} // namespace prism::store::sqlite
