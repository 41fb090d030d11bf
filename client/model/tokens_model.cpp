#include "client/model/tokens_model.h"

#include <QDateTime>

#include <algorithm>

namespace prism::model {

namespace {

QVariant momentOf(const std::optional<protocol::Timestamp>& time)
{
    return time ? QVariant(protocol::toDateTime(*time)) : QVariant();
}

} // namespace

TokensModel::TokensModel(net::Api& api, QObject* parent)
    : QAbstractTableModel(parent)
    , m_api(api)
{
}

int TokensModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_tokens.size());
}

int TokensModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TokensModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || role != Qt::DisplayRole)
        return {};
    const TokenEntry& token = m_tokens[index.row()];
    switch (index.column()) {
    case NameColumn:
        return token.name;
    case RoleColumn:
        return QString(protocol::nameOf(protocol::roleNames, token.role));
    case UsedColumn:
        return momentOf(token.used);
    case ExpiresColumn:
        return momentOf(token.expires);
    case CreatedColumn:
        return momentOf(token.created);
    case ByColumn:
        return token.createdBy;
    default:
        return {};
    }
}

int TokensModel::rowOf(const QString& id) const
{
    const auto found = std::ranges::find(m_tokens, id, &TokenEntry::id);
    return found == m_tokens.end() ? -1 : int(found - m_tokens.begin());
}

void TokensModel::setActive(bool active)
{
    if (active == m_isActive)
        return;
    m_isActive = active;
    if (active)
        refresh();
}

void TokensModel::refresh()
{
    if (m_isActive)
        m_list = m_api.tokens([this](const auto& answer) { onList(answer); });
}

void TokensModel::onList(const protocol::Result<QList<TokenEntry>>& answer)
{
    if (answer) {
        m_isKnown = true;
        m_error.reset();
        show(*answer);
    } else {
        m_error = answer.error();
    }
    emit changed();
}

void TokensModel::show(const QList<TokenEntry>& tokens)
{
    for (int row = int(m_tokens.size()) - 1; row >= 0; --row) {
        if (std::ranges::find(tokens, m_tokens[row].id, &TokenEntry::id) != tokens.end())
            continue;
        beginRemoveRows({}, row, row);
        m_tokens.removeAt(row);
        endRemoveRows();
    }
    for (int row = 0; row < tokens.size(); ++row) {
        const int from = rowOf(tokens[row].id);
        if (from < 0) {
            beginInsertRows({}, row, row);
            m_tokens.insert(row, tokens[row]);
            endInsertRows();
            continue;
        }
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            m_tokens.move(from, row);
            endMoveRows();
        }
        if (m_tokens[row] != tokens[row]) {
            m_tokens[row] = tokens[row];
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

bool TokensModel::begin()
{
    if (m_isBusy)
        return false;
    m_isBusy = true;
    emit changed();
    return true;
}

void TokensModel::create(const TokenDraft& draft)
{
    if (begin())
        m_deed = m_api.createToken(draft, [this](const auto& answer) { onMade(Deed::Create, answer); });
}

void TokensModel::rotate(const QString& id, int overlapHours)
{
    if (begin())
        m_deed =
            m_api.rotateToken(id, overlapHours, [this](const auto& answer) { onMade(Deed::Rotate, answer); });
}

void TokensModel::revoke(const QString& id)
{
    const int row = rowOf(id);
    if (row >= 0 && begin())
        m_deed = m_api.revokeToken(
            id, [this, token = m_tokens[row]](const auto& answer) { onRevoked(token, answer); });
}

void TokensModel::onMade(Deed deed, const protocol::Result<MadeToken>& answer)
{
    m_isBusy = false;
    refresh(); // after a failure as well: what became of it may not be known
    emit changed();
    if (answer)
        emit made(*answer);
    else
        emit failed(deed, answer.error());
}

void TokensModel::onRevoked(const TokenEntry& token, const protocol::Result<void>& answer)
{
    m_isBusy = false;
    refresh();
    emit changed();
    if (answer || answer.error().code == protocol::ErrorCode::NotFound) // somebody else was faster
        emit revoked(token);
    else
        emit failed(Deed::Revoke, answer.error());
}

} // namespace prism::model
