#pragma once

#include "client/model/tokens_model.h"
#include "client/ui/widgets/panel.h"

class QPushButton;

namespace prism::model {
class Access;
}

namespace prism::ui {

class NoticeLine;
class SteadyTable;
class TokenTexts;

/// The tokens that there are at the server, and what an admin does with them. Borrows the models.
class TokensPanel : public Panel
{
    Q_OBJECT

public:
    TokensPanel(model::TokensModel& tokens, model::Access& access, QWidget* parent = nullptr);

protected:
    void retranslate() override;
    bool isVeiledWhileLoading() const override { return false; }

private:
    void layOut();
    void follow();
    void arrangeColumns();
    std::optional<model::TokenEntry> selected() const;
    void create();
    void rotate();
    void revoke();

    model::TokensModel& m_tokens;
    model::Access& m_access;
    TokenTexts* m_texts;
    SteadyTable* m_table;
    Text* m_state;
    QPushButton* m_new;
    QPushButton* m_rotate;
    QPushButton* m_revoke;
    NoticeLine* m_notice;
};

} // namespace prism::ui
