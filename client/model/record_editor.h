#pragma once

#include "client/model/drafts.h"
#include "client/model/record_merge.h"
#include "client/net/api.h"

#include <QHash>
#include <QObject>

#include <variant>

namespace prism::model {

/// One record being written: a new one or a change. Saves with the version that the person saw; when somebody
/// else was faster, brings both changes together and asks only about fields that both changed. Trying again
/// after an answer that never came writes once. Borrows the Api. Lives on the GUI thread.
class RecordEditor : public QObject
{
    Q_OBJECT

public:
    enum class State { Closed, Editing, Saving, Conflict };

    explicit RecordEditor(net::Api& api, QObject* parent = nullptr);

    State state() const { return m_state; }
    /// Nothing is stored under this record's name yet, or not any more.
    bool isNew() const { return !m_base; }
    /// The record was deleted while it was edited: saving makes a new one.
    bool wasRemoved() const { return m_wasRemoved; }
    /// Somebody else has changed it since; saving will bring both together.
    bool isOutdated() const { return m_isOutdated; }
    /// What the editor began with, or the person's own words after a refusal.
    const RecordFields& fields() const { return m_fields; }
    /// What there is nothing to save of: as the record is stored, or a new one began.
    const RecordFields& begun() const { return m_begun; }
    /// It was written in an earlier run, or thought better of for a moment.
    bool isResumed() const { return m_isResumed; }

    void startNew(const RecordFields& fields = {});
    void edit(const protocol::Record& record);
    void save(const RecordFields& fields);
    void close();

    /// What would be lost if only `typed` were left of what is edited; nothing when there is no difference.
    std::optional<UnsavedRecord> unsaved(const RecordFields& typed) const;
    void resume(const UnsavedRecord& record);

    /// What was stored meanwhile, by anyone.
    void noteStored(const protocol::Record& record);
    void noteRemoved(const QString& id);

    /// Both changes, while State::Conflict.
    const std::optional<RecordMerge>& merge() const { return m_merge; }
    void choose(RecordField field, RecordMerge::Side side);
    /// Once every conflict is decided.
    void saveMerged();
    /// Back to one's own words. Saving them again finds the same conflict.
    void leaveConflict();

    /// Why it was not saved; nothing while all is well.
    const std::optional<protocol::Error>& error() const { return m_error; }
    /// The server's words about one field; empty for none.
    QString problemOf(RecordField field) const { return m_problems.value(field); }

signals:
    /// Another record, or a new one, is being edited from here on.
    void opened();
    /// Anything above changed.
    void changed();
    /// `merged`: with somebody else's changes in it.
    void saved(const prism::protocol::Record& record, bool merged);

private:
    void open(std::optional<protocol::Record> base, const RecordFields& fields, bool wasRemoved = false);
    /// Makes a new record, or changes the one there is.
    using Words = std::variant<protocol::RecordDraft, protocol::RecordPatch>;

    void send(const Words& words);
    void onSaved(const protocol::Result<protocol::Record>& answer);
    void fetchTheirs();
    void onTheirs(const protocol::Result<protocol::Record>& answer);
    void refuse(const protocol::Error& error);
    void setState(State state);

    net::Api& m_api;
    State m_state = State::Closed;
    std::optional<protocol::Record> m_base;   ///< as the person began with it, or as merged with
    std::optional<protocol::Record> m_theirs; ///< while there is a merge
    RecordFields m_fields;
    RecordFields m_begun;
    std::optional<RecordMerge> m_merge;
    std::optional<protocol::Error> m_error;
    QHash<RecordField, QString> m_problems;
    QByteArray m_key; ///< of the write under way, or of one that got no answer
    Words m_sent;     ///< what was sent under it
    bool m_wasRemoved = false;
    bool m_isOutdated = false;
    bool m_isMerged = false;
    bool m_isResumed = false;
    net::Call m_call;
};

} // namespace prism::model
