#pragma once

#include "client/net/api.h"

#include <QAbstractTableModel>

#include <map>

namespace prism::model {

// The same in the window, which knows of no network.
using TokenEntry = net::TokenEntry;
using TokenDraft = net::TokenDraft;
using MadeToken = net::MadeToken;

/// The tokens that there are at the server, for admins, and what one does with them. Fetches only while
/// somebody looks; rows that stay keep their identity. Borrows the Api. Lives on the GUI thread.
class TokensModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, RoleColumn, UsedColumn, ExpiresColumn, CreatedColumn, ByColumn, ColumnCount };
    enum class Deed { Create, Rotate, Revoke };

    explicit TokensModel(net::Api& api, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    /// Raw: text, the role's name on the wire, QDateTime in UTC; invalid for none.
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    /// `row` from 0 up to rowCount() - 1.
    const TokenEntry& token(int row) const { return m_tokens[row]; }
    int rowOf(const QString& id) const;

    /// While false nothing is fetched.
    void setActive(bool active);
    void refresh();
    /// An answer has come.
    bool isKnown() const { return m_isKnown; }
    /// Why the latest fetch failed; nothing when it worked.
    const std::optional<protocol::Error>& error() const { return m_error; }

    void create(const TokenDraft& draft);
    /// The secret of before is good for so many hours yet.
    void rotate(const QString& id, int overlapHours);
    void revoke(const QString& id);
    /// One of them is under way.
    bool isBusy() const { return m_isBusy; }

signals:
    /// Anything above but the rows.
    void changed();
    /// Created or rotated; what one signs in by is told once.
    void made(const prism::model::MadeToken& token);
    void revoked(const prism::model::TokenEntry& token);
    void failed(prism::model::TokensModel::Deed deed, const prism::protocol::Error& error);

private:
    void onList(const protocol::Result<QList<TokenEntry>>& answer);
    void onMade(Deed deed, const protocol::Result<MadeToken>& answer);
    void onRevoked(const TokenEntry& token, const protocol::Result<void>& answer);
    void show(const QList<TokenEntry>& tokens);
    bool begin();

    net::Api& m_api;
    QList<TokenEntry> m_tokens;
    std::optional<protocol::Error> m_error;
    bool m_isActive = false;
    bool m_isKnown = false;
    bool m_isBusy = false;
    net::Call m_list;
    net::Call m_deed;
};

} // namespace prism::model
