#include "client/ui/window/certificate_dialog.h"

#include "client/ui/widgets/foreign_text.h"
#include "client/ui/widgets/text.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

namespace {

/// As other programs write it, in two lines.
QString written(const QByteArray& fingerprint)
{
    const QByteArray hex = fingerprint.toHex(':').toUpper();
    constexpr qsizetype line = 48; // sixteen bytes with a colon each
    return QString::fromLatin1(hex.left(line) + '\n' + hex.mid(line));
}

} // namespace

CertificateDialog::CertificateDialog(model::Workspace& workspace, const QString& address, QWidget* parent)
    : Dialog(QStringLiteral("certificate-dialog"), parent)
    , m_workspace(workspace)
    , m_address(isolated(address))
    , m_shown(workspace.trust().stranger().value_or(model::Certificate()))
    , m_pin(workspace.trust().pin())
    , m_what(new Text(TextRole::Strong, m_pin.isEmpty() ? Text::Ink::Normal : Text::Ink::Bad))
    , m_facts(new Text(TextRole::Body))
    , m_fingerprint(new Text(TextRole::Body))
    , m_hint(new Text(TextRole::Caption, Text::Ink::Muted))
    , m_trust(new QPushButton)
    , m_close(new QPushButton)
{
    m_what->setObjectName(QStringLiteral("certificate-what"));
    m_fingerprint->setObjectName(QStringLiteral("certificate-fingerprint"));
    m_fingerprint->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_trust->setObjectName(QStringLiteral("certificate-trust"));
    m_trust->setAutoDefault(false);
    m_close->setObjectName(QStringLiteral("certificate-close"));
    m_close->setDefault(true); // nobody trusts by a stray Enter
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addWidget(m_trust);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(space::medium);
    for (Text* text : {m_what, m_facts, m_fingerprint, m_hint}) {
        text->setWordWrap(text != m_fingerprint);
        layout->addWidget(text);
    }
    layout->addLayout(buttons);
    connect(m_trust, &QPushButton::clicked, this, &CertificateDialog::trust);
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    CertificateDialog::retranslate();
    m_close->setFocus();
}

void CertificateDialog::trust()
{
    if (!m_shown.fingerprint.isEmpty())
        m_workspace.trust().setPin(m_shown.fingerprint);
    accept();
}

void CertificateDialog::retranslate()
{
    setWindowTitle(tr("The certificate of %1").arg(m_address));
    m_what->setText(
        m_pin.isEmpty()
            ? tr("This computer does not know who signed the certificate of %1.").arg(m_address)
            : tr("%1 shows another certificate than the one that you trusted. Nothing was sent there.")
                  .arg(m_address));
    m_facts->setText(tr("It is of %1, signed by %2, and good until %3. Its SHA-256 is:")
                         .arg(isolated(m_shown.subject), isolated(m_shown.issuer),
                              locale().toString(m_shown.until.date(), QLocale::LongFormat)));
    m_fingerprint->setText(written(m_shown.fingerprint));
    m_hint->setText(tr("Compare it with what whoever runs the server tells you. Only where they are the same "
                       "is it that server."));
    m_trust->setText(tr("Trust this certificate"));
    m_trust->setAccessibleName(m_trust->text());
    m_trust->setAccessibleDescription(tr("This window connects to whoever shows it, and to nobody else"));
    m_close->setText(tr("Close"));
    m_close->setAccessibleName(m_close->text());
    m_close->setAccessibleDescription(tr("Goes back to the window"));
}

} // namespace prism::ui
