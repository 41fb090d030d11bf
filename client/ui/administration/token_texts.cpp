#include "client/ui/administration/token_texts.h"

#include "client/model/tokens_model.h"
#include "client/ui/widgets/access_words.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/format.h"
#include "client/ui/widgets/table_contents.h"

#include <QDateTime>

namespace prism::ui {

using model::TokensModel;

TokenTexts::TokenTexts(QObject* parent)
    : QIdentityProxyModel(parent)
{
}

void TokenTexts::setLocale(const QLocale& locale)
{
    m_locale = locale;
    if (rowCount() > 0)
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1), {Qt::DisplayRole});
    if (columnCount() > 0)
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

QVariant TokenTexts::data(const QModelIndex& index, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell(index);
    case Qt::ToolTipRole:
        return cell(index).toHtmlEscaped();
    case TableContents::fileRole: {
        const QVariant raw = mapToSource(index).data();
        return raw.typeId() == QMetaType::QDateTime ? raw.toDateTime().toString(Qt::ISODateWithMs)
                                                    : QVariant();
    }
    default:
        return QIdentityProxyModel::data(index, role);
    }
}

QVariant TokenTexts::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return QIdentityProxyModel::headerData(section, orientation, role);
    switch (section) {
    case TokensModel::NameColumn:
        return tr("Name");
    case TokensModel::RoleColumn:
        return tr("Role");
    case TokensModel::UsedColumn:
        return tr("Last used");
    case TokensModel::ExpiresColumn:
        return tr("Good until");
    case TokensModel::CreatedColumn:
        return tr("Made");
    case TokensModel::ByColumn:
        return tr("Made by");
    default:
        return {};
    }
}

QString TokenTexts::cell(const QModelIndex& index) const
{
    const QVariant raw = mapToSource(index).data();
    switch (index.column()) {
    case TokensModel::RoleColumn: {
        const auto role = protocol::valueOf(protocol::roleNames, raw.toString());
        return role ? AccessWords::role(*role) : QString();
    }
    case TokensModel::UsedColumn:
        return raw.isValid() ? Format(m_locale).moment(raw.toDateTime(), QDateTime::currentDateTime())
                             : tr("never", "used");
    case TokensModel::ExpiresColumn:
    case TokensModel::CreatedColumn:
        return m_locale.toString(raw.toDateTime().toLocalTime().date(), tr("d MMM yyyy"));
    case TokensModel::ByColumn:
        return raw.toString().isEmpty() ? tr("whoever runs the server")
                                        : isolated(raw.toString().simplified());
    default:
        return isolated(raw.toString().simplified());
    }
}

} // namespace prism::ui
