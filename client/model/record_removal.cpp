#include "client/model/record_removal.h"

#include "client/model/record_fields.h"

namespace prism::model {

using protocol::Record;

RecordRemoval::RecordRemoval(net::Api& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void RecordRemoval::remove(const Record& record)
{
    if (m_removals.contains(record.id))
        return; // a newer call would keep the answer to the first from arriving, and its undo
    m_removals[record.id] =
        m_api.removeRecord(record, [this, record](const auto& answer) { onRemoved(record, answer); });
}

void RecordRemoval::onRemoved(const Record& record, const protocol::Result<void>& answer)
{
    m_removals.erase(record.id);
    if (!answer) {
        emit failed(record, answer.error());
        return;
    }
    offer(record);
    emit removedRecord(record);
}

void RecordRemoval::undo()
{
    if (!m_removed)
        return;
    protocol::RecordDraft draft = RecordFields::of(*m_removed).draft();
    draft.createdBy = m_removed->createdBy;
    m_undos[m_removed->id] = m_api.createRecord(
        draft, m_undoKey, [this, record = *m_removed](const auto& answer) { onRestored(record, answer); });
}

void RecordRemoval::forget()
{
    offer({});
}

void RecordRemoval::onRestored(const Record& record, const protocol::Result<Record>& answer)
{
    m_undos.erase(record.id);
    if (!answer) {
        emit failed(record, answer.error());
        return;
    }
    if (m_removed && m_removed->id == record.id)
        offer({});
    emit restored(*answer);
}

void RecordRemoval::offer(std::optional<Record> removed)
{
    m_removed = std::move(removed);
    m_undoKey = net::Api::newKey();
    emit changed();
}

} // namespace prism::model
