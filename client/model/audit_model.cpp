#include "client/model/audit_model.h"

#include <QDateTime>

namespace prism::model {

AuditModel::AuditModel(net::Api& api, QObject* parent)
    : QAbstractTableModel(parent)
    , m_api(api)
{
}

int AuditModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int AuditModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AuditModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const AuditEntry& entry = m_entries[index.row()];
    switch (index.column()) {
    case TimeColumn:
        return protocol::toDateTime(entry.at);
    case WhoColumn:
        return entry.tokenName;
    case ActionColumn:
        return entry.action;
    case SubjectColumn:
        return entry.subject;
    case AddressColumn:
        return entry.address;
    default:
        return {};
    }
}

void AuditModel::setActive(bool active)
{
    if (active == m_isActive)
        return;
    m_isActive = active;
    if (active)
        refresh();
}

void AuditModel::refresh()
{
    if (m_isActive)
        fetch({});
}

void AuditModel::ask(const AuditQuestion& question)
{
    if (question == m_question)
        return;
    m_question = question;
    m_isKnown = false;
    refresh();
}

void AuditModel::more()
{
    if (m_isActive && hasMore() && !m_isLoading)
        fetch(m_next);
}

void AuditModel::fetch(const QString& cursor)
{
    m_isLoading = true;
    AuditQuestion question = m_question;
    question.cursor = cursor;
    m_page = m_api.audit(question,
                         [this, isFirst = cursor.isEmpty()](const auto& answer) { onPage(isFirst, answer); });
    emit changed();
}

void AuditModel::onPage(bool isFirst, const protocol::Result<net::AuditPage>& answer)
{
    m_isLoading = false;
    m_error = answer ? std::nullopt : std::optional(answer.error());
    if (answer) {
        m_isKnown = true;
        m_next = answer->next;
        if (isFirst) {
            beginResetModel();
            m_entries = answer->entries;
            endResetModel();
        } else if (!answer->entries.isEmpty()) {
            const int first = int(m_entries.size());
            beginInsertRows({}, first, first + int(answer->entries.size()) - 1);
            m_entries += answer->entries;
            endInsertRows();
        }
    }
    emit changed();
}

} // namespace prism::model
