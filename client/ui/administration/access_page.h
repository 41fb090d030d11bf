#pragma once

#include "client/ui/widgets/panel.h"

namespace prism::model {
class Workspace;
} // namespace prism::model

namespace prism::ui {

class LettingInPanel;
class SelfPanel;
class TokensPanel;

/// Who may ask this server: oneself, and for admins who else. Borrows the workspace, which outlives it.
class AccessPage : public QWidget
{
    Q_OBJECT

public:
    explicit AccessPage(model::Workspace& workspace, QWidget* parent = nullptr);

    /// Whether what admins do is offered.
    void setAdministrable(bool administrable);
    void setFreshness(const Freshness& freshness);

signals:
    void signInRequested();

private:
    SelfPanel* m_self;
    LettingInPanel* m_lettingIn;
    TokensPanel* m_tokens;
};

} // namespace prism::ui
