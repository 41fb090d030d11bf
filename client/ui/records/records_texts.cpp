#include "client/ui/records/records_texts.h"

#include "client/model/records_model.h"
#include "client/ui/records/record_words.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/table_contents.h"

#include <QDateTime>

namespace prism::ui {

using model::RecordsModel;

RecordsTexts::RecordsTexts(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void RecordsTexts::setLocale(const QLocale& locale)
{
    m_locale = locale;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    if (columnCount() > 0)
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

QVariant RecordsTexts::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell(index);
    case Qt::ToolTipRole:
        return index.column() <= RecordsModel::DescriptionColumn ? cell(index).toHtmlEscaped() : QVariant();
    case TableContents::fileRole:
        return index.column() == RecordsModel::UpdatedColumn
                   ? mapToSource(index).data().toDateTime().toString(Qt::ISODateWithMs)
                   : QVariant();
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant RecordsTexts::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QIdentityProxyModel::headerData(section, orientation, role);
    switch (section) {
    case RecordsModel::NameColumn:
        return tr("Name");
    case RecordsModel::DescriptionColumn:
        return tr("Description");
    case RecordsModel::TypeColumn:
        return tr("Type");
    case RecordsModel::PeriodColumn:
        return tr("Period");
    case RecordsModel::UpdatedColumn:
        return tr("Changed");
    default:
        return {};
    }
}

QString RecordsTexts::cell(const QModelIndex& index) const
{
    const QVariant raw = mapToSource(index).data();
    switch (index.column()) {
    case RecordsModel::TypeColumn:
        return RecordWords::type(
            protocol::recordTypeFromString(raw.toString()).value_or(protocol::RecordType::Custom));
    case RecordsModel::PeriodColumn:
        return raw.toString().isEmpty() ? Format::none()
                                        : RecordWords::period(protocol::periodFromString(raw.toString()));
    case RecordsModel::UpdatedColumn:
        return Format(m_locale).moment(raw.toDateTime(), QDateTime::currentDateTime());
    default:
        return isolated(raw.toString().simplified());
    }
}

} // namespace prism::ui
