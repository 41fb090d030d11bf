#include "client/ui/window/profile_dialog.h"

#include "client/ui/widgets/text.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace prism::ui {

using model::Profile;

ProfileDialog::ProfileDialog(model::ProfileStore& store, QWidget* parent)
    : QDialog(parent)
    , m_store(store)
    , m_list(new QListWidget)
    , m_name(new QLineEdit)
    , m_server(new QLineEdit)
    , m_add(new QPushButton(tr("Add")))
    , m_change(new QPushButton(tr("Change")))
    , m_remove(new QPushButton(tr("Remove")))
    , m_note(new Text(TextRole::Caption, Text::Ink::Caution))
{
    setWindowTitle(tr("Servers"));
    m_list->setObjectName(QStringLiteral("profiles"));
    m_list->setAccessibleName(tr("Servers"));
    m_list->setAccessibleDescription(tr("The servers that have a name here"));
    m_name->setObjectName(QStringLiteral("profile-name"));
    m_name->setMaxLength(Profile::longestName);
    m_server->setObjectName(QStringLiteral("profile-server"));
    m_server->setPlaceholderText(QStringLiteral("http://127.0.0.1:3000"));
    m_add->setObjectName(QStringLiteral("profile-add"));
    m_change->setObjectName(QStringLiteral("profile-change"));
    m_remove->setObjectName(QStringLiteral("profile-remove"));
    m_note->setWordWrap(true);
    m_add->setAccessibleDescription(tr("Adds a server under this name"));
    m_change->setAccessibleDescription(tr("Gives the chosen server this name and address"));
    m_remove->setAccessibleDescription(tr("Forgets the chosen server"));
    for (QPushButton* button : {m_add, m_change, m_remove})
        button->setAutoDefault(false);

    auto* form = new QFormLayout;
    form->addRow(tr("Name"), m_name);
    form->addRow(tr("Address"), m_server);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_add, m_change, m_remove})
        buttons->addWidget(button);
    buttons->addStretch(1);
    auto* close = new QDialogButtonBox(QDialogButtonBox::Close);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(m_list, 1);
    layout->addLayout(form);
    layout->addLayout(buttons);
    layout->addWidget(m_note);
    layout->addWidget(close);

    connect(m_list, &QListWidget::currentRowChanged, this, &ProfileDialog::showCurrent);
    connect(m_add, &QPushButton::clicked, this, &ProfileDialog::add);
    connect(m_change, &QPushButton::clicked, this, &ProfileDialog::change);
    connect(m_remove, &QPushButton::clicked, this, &ProfileDialog::remove);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    fill({});
}

void ProfileDialog::fill(const QString& current)
{
    m_list->clear();
    const QList<Profile> profiles = m_store.profiles();
    for (const Profile& profile : profiles)
        m_list->addItem(profile.name);
    const QList<QListWidgetItem*> found = m_list->findItems(current, Qt::MatchExactly);
    m_list->setCurrentItem(found.isEmpty() ? m_list->item(0) : found.constFirst());
    m_remove->setEnabled(profiles.size() > 1);
    m_note->clear();
}

QString ProfileDialog::chosen() const
{
    return m_list->currentItem() ? m_list->currentItem()->text() : QString();
}

void ProfileDialog::showCurrent()
{
    if (const std::optional<Profile> profile = m_store.find(chosen())) {
        m_name->setText(profile->name);
        m_server->setText(profile->server.toString());
    }
}

void ProfileDialog::add()
{
    const Profile profile{m_name->text().simplified(), QUrl(m_server->text().trimmed(), QUrl::StrictMode)};
    if (m_store.store(profile))
        fill(profile.name);
    else
        say(profile);
}

void ProfileDialog::change()
{
    const Profile profile{m_name->text().simplified(), QUrl(m_server->text().trimmed(), QUrl::StrictMode)};
    if (m_store.store(profile, chosen()))
        fill(profile.name);
    else
        say(profile);
}

void ProfileDialog::remove()
{
    if (m_store.remove(chosen()))
        fill({});
}

void ProfileDialog::say(const Profile& refused)
{
    if (refused.name.isEmpty())
        m_note->setText(tr("A server needs a name."));
    else if (!Profile::isServer(refused.server))
        m_note->setText(tr("That is not the address of a server; it looks like http://127.0.0.1:3000."));
    else
        m_note->setText(tr("Another server has this name."));
}

} // namespace prism::ui
