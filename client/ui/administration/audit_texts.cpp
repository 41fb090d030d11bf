#include "client/ui/administration/audit_texts.h"

#include "client/model/audit_model.h"
#include "client/ui/administration/audit_words.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"

#include <QDateTime>

namespace prism::ui {

using model::AuditModel;

AuditTexts::AuditTexts(AuditModel& audit, QObject* parent)
    : QIdentityProxyModel(parent)
    , m_audit(audit)
{
    setSourceModel(&audit);
}

void AuditTexts::setLocale(const QLocale& locale)
{
    m_locale = locale;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

QVariant AuditTexts::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell(index);
    case Qt::ToolTipRole:
        return cell(index).toHtmlEscaped();
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant AuditTexts::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QIdentityProxyModel::headerData(section, orientation, role);
    switch (section) {
    case AuditModel::TimeColumn:
        return tr("When");
    case AuditModel::WhoColumn:
        return tr("Who");
    case AuditModel::ActionColumn:
        return tr("What");
    case AuditModel::SubjectColumn:
        return tr("On what");
    case AuditModel::AddressColumn:
        return tr("Address");
    default:
        return {};
    }
}

QString AuditTexts::cell(const QModelIndex& index) const
{
    const model::AuditEntry& entry = m_audit.entry(index.row());
    switch (index.column()) {
    case AuditModel::TimeColumn:
        return Format(m_locale).moment(protocol::toDateTime(entry.at), QDateTime::currentDateTime());
    case AuditModel::WhoColumn:
        return AuditWords::who(entry);
    case AuditModel::ActionColumn: {
        const QString action = AuditWords::action(entry.action);
        return entry.count > 1
                   ? tr("%1 (%2 times)", "what was done").arg(action, Format(m_locale).count(entry.count))
                   : action;
    }
    case AuditModel::SubjectColumn:
        return isolated(entry.subject.simplified());
    default:
        return entry.address.isEmpty() ? Format::none() : entry.address;
    }
}

} // namespace prism::ui
