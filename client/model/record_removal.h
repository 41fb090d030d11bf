#pragma once

#include "client/net/api.h"

#include <QObject>

#include <map>

namespace prism::model {

/// Deletes a record in the version that the person saw, and gives back the latest one deleted: as a new
/// record with the same content, because what is deleted is gone from the server at once. Borrows the API
/// client. Lives on the GUI thread.
class RecordRemoval : public QObject
{
    Q_OBJECT

public:
    explicit RecordRemoval(net::Api& api, QObject* parent = nullptr);

    void remove(const protocol::Record& record);
    /// What undo() would bring back; nothing when there is nothing to undo.
    const std::optional<protocol::Record>& removed() const { return m_removed; }
    void undo();
    /// The offer to undo ends.
    void forget();

signals:
    /// removed() is another one.
    void changed();
    void removedRecord(const prism::protocol::Record& record);
    void restored(const prism::protocol::Record& record);
    /// Deleting `record` or bringing it back did not work.
    void failed(const prism::protocol::Record& record, const prism::protocol::Error& error);

private:
    void onRemoved(const protocol::Record& record, const protocol::Result<void>& answer);
    void onRestored(const protocol::Record& record, const protocol::Result<protocol::Record>& answer);
    void offer(std::optional<protocol::Record> removed);

    net::Api& m_api;
    std::optional<protocol::Record> m_removed;
    std::map<QString, net::Call> m_removals; ///< by the record's id
    std::map<QString, net::Call> m_undos;    ///< by the id of the record that is to come back
    QByteArray m_undoKey;                    ///< of the attempts to bring it back, which count once
};

} // namespace prism::model
