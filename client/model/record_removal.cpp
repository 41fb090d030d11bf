#include "client/model/record_removal.h"

#include "client/model/record_fields.h"
#include "client/net/api_client.h"

namespace prism::model {

using protocol::Record;

RecordRemoval::RecordRemoval(net::ApiClient& api, QObject* parent)
    : QObject(parent)
    , m_api(api)
{
}

void RecordRemoval::remove(const Record& record)
{
    net::Write write;
    write.method = net::Write::Method::Delete;
    write.path = QStringLiteral("/api/v1/analytics/records/") + record.id;
    write.ifMatch = '"' + QByteArray::number(record.version) + '"';
    m_api.send(write, this, [this, record](const protocol::Result<net::Answer>& answer) {
        if (!answer) {
            emit failed(record, answer.error());
            return;
        }
        offer(record);
        emit removedRecord(record);
    });
}

void RecordRemoval::undo()
{
    if (!m_removed)
        return;
    QJsonObject body = RecordFields::of(*m_removed).toJson();
    if (m_removed->createdBy)
        body.insert(QLatin1String("createdBy"), *m_removed->createdBy);
    net::Write write;
    write.path = QStringLiteral("/api/v1/analytics/records");
    write.body = body;
    write.key = m_undoKey;
    m_api.send(write, this, [this, record = *m_removed](const auto& answer) { onRestored(record, answer); });
}

void RecordRemoval::forget()
{
    offer({});
}

void RecordRemoval::onRestored(const Record& record, const protocol::Result<net::Answer>& answer)
{
    if (!answer) {
        emit failed(record, answer.error());
        return;
    }
    if (m_removed && m_removed->id == record.id)
        offer({});
    if (const protocol::Result<Record> stored = protocol::recordFromJson(answer->data.toObject()))
        emit restored(*stored);
}

void RecordRemoval::offer(std::optional<Record> removed)
{
    m_removed = std::move(removed);
    m_undoKey = net::Write::newKey();
    emit changed();
}

} // namespace prism::model
