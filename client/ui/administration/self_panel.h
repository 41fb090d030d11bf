#pragma once

#include "client/model/workspace.h"
#include "client/ui/administration/sentences_panel.h"

class QPushButton;

namespace prism::ui {

/// Who is signed in at the window's server, until when, and where the token is kept; and the way out. The
/// certificate that is trusted there, as long as it is. Borrows the workspace.
class SelfPanel : public SentencesPanel
{
    Q_OBJECT

public:
    explicit SelfPanel(model::Workspace& workspace, QWidget* parent = nullptr);

signals:
    void signInRequested();

protected:
    void retranslate() override;

private:
    void follow();
    void followTrust();

    model::Workspace& m_workspace;
    model::Access& m_access;
    Text* m_self;
    Text* m_kept;
    QPushButton* m_signIn;
    QPushButton* m_signOut;
    Text* m_trusted;
    QPushButton* m_distrust;
};

} // namespace prism::ui
