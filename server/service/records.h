#pragma once

#include "server/service/actor.h"
#include "server/store/writing/transaction.h"

namespace prism::service {

/// A record that is to be stored, with all that will be said of it: made before the writer's turn, on any
/// thread, since every other write waits for that.
struct NewRecord
{
    store::EncodedRecord encoded;
    QByteArray event;

    /// With an id, of now.
    static NewRecord of(const protocol::RecordDraft& draft);
};

/// What is to become of a record, made before the writer's turn as well.
struct RecordChange
{
    QString id;
    protocol::RecordPatch patch;
    QByteArray updates; ///< what the event says of it: the patch without its version

    static RecordChange of(const QString& id, const protocol::RecordPatch& patch);
};

struct RecordRemoval
{
    QString id;
};

/// A record as it stands after a change.
struct WrittenRecord
{
    QString id;
    int version = 1;
    QByteArray json;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.id, self.version, self.json);
    }
};

struct WrittenRecords
{
    QList<QByteArray> json; ///< of each

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.json);
    }
};

struct RemovedRecord
{
    QString id;

    template <typename Self>
    static auto fields(Self& self)
    {
        return std::tie(self.id);
    }
};

/// How saved analytics definitions are changed. On the writer's thread.
class Records
{
public:
    /// AlreadyExists when the name is taken.
    static protocol::Result<WrittenRecord> create(store::Transaction& transaction, const Actor& actor,
                                                  const NewRecord& record);

    /// All or none. The details of an error say which record it is about, as "[2]".
    static protocol::Result<WrittenRecords> createAll(store::Transaction& transaction, const Actor& actor,
                                                      const std::vector<NewRecord>& records);

    /// NotFound; AlreadyExists when the new name is taken; VersionConflict when the patch names a version
    /// and the record has another one.
    static protocol::Result<WrittenRecord> update(store::Transaction& transaction, const Actor& actor,
                                                  const RecordChange& change);

    /// NotFound.
    static protocol::Result<RemovedRecord> remove(store::Transaction& transaction, const Actor& actor,
                                                  const RecordRemoval& removal);
};

} // namespace prism::service
