#include "client/ui/administration/tokens_panel.h"

#include "client/model/access.h"
#include "client/ui/administration/token_dialog.h"
#include "client/ui/administration/token_texts.h"
#include "client/ui/widgets/error_words.h"
#include "client/ui/widgets/focus.h"
#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/steady_table.h"
#include "client/ui/widgets/table_contents.h"
#include "client/ui/widgets/text.h"

#include <QDateTime>
#include <QHeaderView>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace prism::ui {

using model::TokensModel;

TokensPanel::TokensPanel(TokensModel& tokens, model::Access& access, QWidget* parent)
    : Panel(parent)
    , m_tokens(tokens)
    , m_access(access)
    , m_texts(new TokenTexts(this))
    , m_table(new SteadyTable)
    , m_state(new Text(TextRole::Body, Text::Ink::Muted))
    , m_new(new QPushButton)
    , m_rotate(new QPushButton)
    , m_revoke(new QPushButton)
    , m_notice(new NoticeLine)
{
    m_texts->setSourceModel(&tokens);
    m_table->setObjectName(QStringLiteral("tokens"));
    m_table->setModel(m_texts);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    TableContents(*m_table).offerColumns();
    m_state->setObjectName(QStringLiteral("tokens-state"));
    m_state->setWordWrap(true);
    m_new->setObjectName(QStringLiteral("token-new"));
    m_rotate->setObjectName(QStringLiteral("token-rotate"));
    m_revoke->setObjectName(QStringLiteral("token-revoke"));
    m_notice->returnFocusTo(*m_table);
    layOut();
    connect(m_new, &QPushButton::clicked, this, &TokensPanel::create);
    connect(m_rotate, &QPushButton::clicked, this, &TokensPanel::rotate);
    connect(m_revoke, &QPushButton::clicked, this, &TokensPanel::revoke);
    connect(m_table, &SteadyTable::removeRequested, this, &TokensPanel::revoke);
    connect(m_table, &SteadyTable::copyRequested, this, [this] { TableContents(*m_table).copySelection(); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &TokensPanel::follow);
    connect(&tokens, &TokensModel::changed, this, &TokensPanel::follow);
    connect(&tokens, &TokensModel::revoked, this, [this](const model::TokenEntry& token) {
        m_notice->display(NoticeLine::Kind::Done,
                          tr("Nobody signs in by the token “%1” any more.").arg(isolated(token.name)));
    });
    TokensPanel::retranslate();
}

void TokensPanel::layOut()
{
    constexpr int leastRows = 4;
    m_table->setMinimumHeight((leastRows + 1) * m_table->verticalHeader()->defaultSectionSize());
    header()->addWidget(m_new);
    auto* footer = new QHBoxLayout;
    footer->setSpacing(space::small);
    footer->addWidget(m_rotate);
    footer->addWidget(m_revoke);
    footer->addStretch(1);
    body()->addWidget(m_state);
    body()->addWidget(m_table, 1);
    body()->addWidget(m_notice);
    body()->addLayout(footer);
}

std::optional<model::TokenEntry> TokensPanel::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.size() == 1 ? std::optional(m_tokens.token(rows.first().row())) : std::nullopt;
}

void TokensPanel::create()
{
    auto* dialog = new TokenDialog(m_tokens, TokenDialog::Deed::Create, {}, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TokensPanel::rotate()
{
    const auto token = selected();
    if (!token)
        return;
    auto* dialog = new TokenDialog(m_tokens, TokenDialog::Deed::Rotate, *token, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void TokensPanel::revoke()
{
    const auto token = selected();
    if (!token)
        return;
    auto* dialog = new TokenDialog(m_tokens, TokenDialog::Deed::Revoke, *token, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_access.self() && m_access.self()->id == token->id)
        dialog->warnOfOwn();
    dialog->open();
}

void TokensPanel::follow()
{
    QString state;
    if (const auto& error = m_tokens.error())
        state = tr("The tokens could not be loaded: %1").arg(ErrorWords(locale()).sentence(*error));
    else if (!m_tokens.isKnown())
        state = tr("Loading…");
    else if (m_tokens.rowCount() == 0)
        state = tr("There are no tokens.");
    m_state->setText(state);
    m_state->setVisible(!state.isEmpty());
    const bool isOne = selected().has_value();
    for (QPushButton* button : {m_rotate, m_revoke}) {
        if (!isOne)
            yieldFocus(*button, *m_table);
        button->setEnabled(isOne);
    }
}

void TokensPanel::arrangeColumns()
{
    const QFontMetrics metrics(m_table->font());
    const auto room = [&metrics](const QString& text) {
        return metrics.horizontalAdvance(text) + 2 * space::medium;
    };
    QHeaderView* columns = m_table->horizontalHeader();
    columns->setSectionResizeMode(QHeaderView::Fixed);
    columns->setSectionResizeMode(TokensModel::NameColumn, QHeaderView::Stretch);
    columns->setSectionResizeMode(TokensModel::ByColumn, QHeaderView::Stretch);
    const QDate widest(2026, 12, 28);
    for (int column = 0; column < TokensModel::ColumnCount; ++column) {
        int width = room(m_texts->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        if (column == TokensModel::RoleColumn)
            width = std::max(width, room(tr("reporter", "the widest role")));
        else if (column == TokensModel::UsedColumn)
            width = std::max(width, room(locale().toString(QDateTime::currentDateTime(),
                                                           QStringLiteral("00 MMM 00:00 "))));
        else if (column != TokensModel::NameColumn)
            width = std::max(width, room(locale().toString(widest, TokenTexts::tr("d MMM yyyy"))));
        columns->resizeSection(column, width);
    }
}

void TokensPanel::retranslate()
{
    setTitle(tr("Tokens"));
    m_texts->setLocale(locale());
    m_table->setAccessibleName(tr("Tokens"));
    m_table->setAccessibleDescription(
        tr("By what somebody signs in at this server; Delete revokes the selected one"));
    m_new->setText(tr("New token…"));
    m_new->setAccessibleDescription(tr("Makes a token for somebody, or for a pipeline"));
    m_rotate->setText(tr("New secret…"));
    m_rotate->setAccessibleDescription(tr("Makes another secret for the selected token"));
    m_revoke->setText(tr("Revoke…"));
    m_revoke->setAccessibleDescription(tr("Ends the selected token at once"));
    for (QPushButton* button : {m_new, m_rotate, m_revoke})
        button->setAccessibleName(button->text());
    arrangeColumns();
    follow();
}

} // namespace prism::ui
