#pragma once

#include "server/store/write_connection.h"
#include "shared/protocol/position.h"

#include <memory>

namespace prism::store {

/// A database as a whole: where connections to it come from, and what an engine keeps of it outside of its
/// tables. Belongs to the thread that made it; what is const any may call.
class Database
{
public:
    virtual ~Database() = default;

    /// Takes it for this server, where the engine's databases serve only one at a time. Unavailable when
    /// another has it; the error's details then have the owner's address if it said one.
    virtual Result<void> claim() = 0;

    /// Tells other servers, which claim it in vain, the URL at which this one answers.
    virtual void announce(const QString& url) = 0;

    /// Makes the database where there is none; whether it can be written to. Its schema may be an old one.
    virtual Result<std::unique_ptr<WriteConnection>> openWriter() const = 0;

    /// The database is there.
    virtual Result<std::unique_ptr<ReadConnection>> openReader() const = 0;

    /// Keeps a copy of the database as it is, where a later start does not touch it; it replaces the one that
    /// was kept before. Unavailable, with how much room that needs, when it cannot be made.
    virtual Result<void> keepCopy() const = 0;

    /// In words, why the database at this position cannot be the one that was here at the last note, but was
    /// put back from a copy. Nothing when it can.
    virtual std::optional<QString> contradictionTo(const protocol::Position& position) = 0;

    /// Whether the path leads to a file in which this database lies: nothing else in the process may open it.
    virtual bool isOwnFile(const QString& path) const = 0;

    /// How many bytes it takes up, where the engine says so.
    struct Size
    {
        quint64 data = 0;
        quint64 log = 0; ///< of what was written and is not brought into the data yet
    };
    virtual Size size() const = 0;

    /// Remembers how far the log of events has come, of which all is on disk. False when that is not
    /// possible.
    virtual bool note(const protocol::Position& position) = 0;

protected:
    Database() = default;
    Database(const Database&) = default;
    Database& operator=(const Database&) = default;
};

} // namespace prism::store
