#pragma once

#include "client/model/workspace.h"
#include "client/ui/widgets/dialog.h"

class QPushButton;

namespace prism::ui {

class Text;

/// What a server shows of itself that this computer does not trust, or that is another than before: to be
/// compared with what whoever runs the server says, and trusted by that. Borrows the workspace.
class CertificateDialog : public Dialog
{
    Q_OBJECT

public:
    CertificateDialog(model::Workspace& workspace, const QString& address, QWidget* parent = nullptr);

protected:
    void retranslate() override;

private:
    void trust();

    model::Workspace& m_workspace;
    const QString m_address;
    const model::Certificate m_shown;
    const QByteArray m_pin; ///< what was trusted until now
    Text* m_what;
    Text* m_facts;
    Text* m_fingerprint;
    Text* m_hint;
    QPushButton* m_trust;
    QPushButton* m_close;
};

} // namespace prism::ui
