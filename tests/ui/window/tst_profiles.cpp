#include "client/model/profile_store.h"
#include "client/ui/widgets/notice_line.h"
#include "client/ui/widgets/text.h"
#include "client/ui/window/profile_dialog.h"
#include "client/ui/window/profile_menu.h"
#include "tests/support/test_program.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tst_profiles {

using namespace prism;
using model::Profile;
using model::ProfileStore;

namespace {

const QUrl staging(QStringLiteral("http://staging.example:3000"));
const QUrl local(QStringLiteral("http://127.0.0.1:3000"));

} // namespace

/// The servers that have a name.
class TestProfiles : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void firstStart_hasOne();
    void stored_areThereNextTime();
    void refused_changeNothing_data();
    void refused_changeNothing();
    void choose_findsWhatWasMeant();
    void dialog_addsChangesAndRemoves();
    void dialog_keepsWhatWasTypedForEachServer();
    void dialog_closedAndOpenedAgain_hasWhatWasTyped();
    void dialog_keepsItsButtonsInPlace_data();
    void dialog_keepsItsButtonsInPlace();
    void dialog_takesBackWhatItDid_data();
    void dialog_takesBackWhatItDid();
    void menu_goesToAnother();
    void twoStores_keepEachOthersChanges();
    void menu_showsWhatAnotherWindowAdded();

private:
    QString file() const { return m_dir->filePath(QStringLiteral("file.ini")); }

    std::unique_ptr<QTemporaryDir> m_dir;
    net::Api m_api{local, {}}; ///< is not asked anything
    model::Access m_access{m_api, {}};
};

void TestProfiles::firstStart_hasOne()
{
    ProfileStore store(file());
    QCOMPARE(store.profiles().size(), 1);
    QCOMPARE(store.profiles().constFirst().server, local);
    QVERIFY(!store.remove(store.profiles().constFirst().name));
}

void TestProfiles::stored_areThereNextTime()
{
    {
        ProfileStore store(file());
        QSignalSpy changed(&store, &ProfileStore::changed);
        QVERIFY(store.store({QStringLiteral("预发布"), staging}));
        QVERIFY(store.remove(QStringLiteral("local")));
        QCOMPARE(changed.size(), 2);
    }
    ProfileStore store(file());
    QCOMPARE(store.profiles(), (QList<Profile>{{QStringLiteral("预发布"), staging}}));
}

void TestProfiles::refused_changeNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QUrl>("server");
    QTest::newRow("no name") << QString() << staging;
    QTest::newRow("blanks around") << QStringLiteral(" a ") << staging;
    QTest::newRow("too long") << QString(Profile::longestName + 1, u'a') << staging;
    QTest::newRow("taken") << QStringLiteral("local") << staging;
    QTest::newRow("no server") << QStringLiteral("a") << QUrl();
    QTest::newRow("a file") << QStringLiteral("a") << QUrl(QStringLiteral("file:///etc"));
    QTest::newRow("a path") << QStringLiteral("a") << QUrl(QStringLiteral("http://a.example:3000/prism"));
    QTest::newRow("a query") << QStringLiteral("a") << QUrl(QStringLiteral("http://a.example:3000?b=c"));
    QTest::newRow("a place on a page") << QStringLiteral("a") << QUrl(QStringLiteral("http://a.example/#b"));
}

void TestProfiles::refused_changeNothing()
{
    QFETCH(QString, name);
    QFETCH(QUrl, server);
    ProfileStore store(file());
    QVERIFY(!store.store({name, server}));
    QCOMPARE(store.profiles().size(), 1);
}

void TestProfiles::choose_findsWhatWasMeant()
{
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("staging"), staging}));
    QCOMPARE(store.choose({}, {})->name, QStringLiteral("local"));
    QCOMPARE(store.choose(QStringLiteral("staging"), {})->server, staging);
    QVERIFY(!store.choose(QStringLiteral("unknown"), {}));
    QCOMPARE(store.choose({}, staging)->name, QStringLiteral("staging"));
    const QUrl other(QStringLiteral("http://10.0.0.1:4000"));
    QCOMPARE(store.choose({}, other)->name, QStringLiteral("10.0.0.1:4000"));
    QCOMPARE(store.profiles().size(), 2); // that one has no name, so it is not kept
    QCOMPARE(store.choose(QStringLiteral("staging"), other)->server, other);
    QCOMPARE(store.find(QStringLiteral("staging"))->server, staging);
    QCOMPARE(store.choose(QStringLiteral("fresh"), other)->server, other);
    QCOMPARE(store.find(QStringLiteral("fresh"))->server, other);
}

void TestProfiles::dialog_addsChangesAndRemoves()
{
    ProfileStore store(file());
    ui::ProfileDialog::Unsaved unsaved;
    ui::ProfileDialog dialog(store, unsaved);
    dialog.show();
    auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("profile-name"));
    auto* server = dialog.findChild<QLineEdit*>(QStringLiteral("profile-server"));
    const auto* list = dialog.findChild<QListWidget*>(QStringLiteral("profiles"));
    const auto press = [&](const char* button) {
        QTest::mouseClick(dialog.findChild<QPushButton*>(QLatin1String(button)), Qt::LeftButton);
    };
    const auto type = [](QLineEdit* edit, const QString& text) {
        edit->selectAll();
        QTest::keyClicks(edit, text);
    };
    QCOMPARE(name->text(), QStringLiteral("local"));
    press("profile-add"); // the name is taken
    QCOMPARE(store.profiles().size(), 1);

    type(name, QStringLiteral("staging"));
    type(server, staging.toString() + QStringLiteral("/prism"));
    press("profile-add"); // nothing of it is dropped without a word
    QCOMPARE(store.profiles().size(), 1);
    const QList<ui::Text*> texts = dialog.findChildren<ui::Text*>();
    QVERIFY(std::ranges::any_of(texts, [](const ui::Text* text) {
        return text->text().contains(QStringLiteral("leave out what follows its host and port"));
    }));

    type(server, staging.toString());
    press("profile-add");
    QCOMPARE(store.find(QStringLiteral("staging"))->server, staging);
    QCOMPARE(list->count(), 2);

    type(name, QStringLiteral("stage"));
    press("profile-change");
    QVERIFY(!store.find(QStringLiteral("staging")));
    QCOMPARE(store.find(QStringLiteral("stage"))->server, staging);
    press("profile-remove");
    QCOMPARE(store.profiles().size(), 1);
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("profile-remove"))->isEnabled());
}

void TestProfiles::dialog_keepsWhatWasTypedForEachServer()
{
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("staging"), staging}));
    ui::ProfileDialog::Unsaved unsaved;
    ui::ProfileDialog dialog(store, unsaved);
    dialog.show();
    auto* name = dialog.findChild<QLineEdit*>(QStringLiteral("profile-name"));
    auto* server = dialog.findChild<QLineEdit*>(QStringLiteral("profile-server"));
    auto* list = dialog.findChild<QListWidget*>(QStringLiteral("profiles"));
    auto* notice = dialog.findChild<ui::NoticeLine*>();
    const auto begin = [&](int row, const QString& text) {
        list->setCurrentRow(row);
        server->selectAll();
        QTest::keyClicks(server, text);
    };
    begin(0, QStringLiteral("http://a.example"));
    begin(1, QStringLiteral("http://b.example"));
    QVERIFY(!notice->isVisible()); // nothing of this server's was typed before
    list->setCurrentRow(0);
    QCOMPARE(server->text(), QStringLiteral("http://a.example"));
    QVERIFY(notice->isVisible());
    list->setCurrentRow(1);
    QCOMPARE(server->text(), QStringLiteral("http://b.example"));
    QCOMPARE(name->text(), QStringLiteral("staging"));

    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("notice-action")), Qt::LeftButton);
    QCOMPARE(server->text(), staging.toString()); // given up
    QVERIFY(!notice->isVisible());
    list->setCurrentRow(0);
    QTest::mouseClick(dialog.findChild<QPushButton*>(QStringLiteral("profile-change")), Qt::LeftButton);
    QCOMPARE(store.find(QStringLiteral("local"))->server, QUrl(QStringLiteral("http://a.example")));
    list->setCurrentRow(1);
    list->setCurrentRow(0);
    QCOMPARE(server->text(), QStringLiteral("http://a.example"));
    QCOMPARE(store.find(QStringLiteral("staging"))->server, staging);
}

void TestProfiles::dialog_closedAndOpenedAgain_hasWhatWasTyped()
{
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("staging"), staging}));
    QWidget window;
    auto* menu = new ui::ProfileMenu(store, store.profiles().constFirst(), m_access, &window);
    window.show();
    const auto open = [&] {
        menu->menu()->actions().constLast()->trigger();
        const QList<ui::ProfileDialog*> dialogs = window.findChildren<ui::ProfileDialog*>();
        return dialogs.isEmpty() ? nullptr : dialogs.constLast();
    };
    QPointer<ui::ProfileDialog> first = open();
    QVERIFY(first);
    first->findChild<QListWidget*>(QStringLiteral("profiles"))->setCurrentRow(1);
    auto* typed = first->findChild<QLineEdit*>(QStringLiteral("profile-server"));
    typed->selectAll();
    QTest::keyClicks(typed, QStringLiteral("http://half.exam"));
    QTest::keyClick(first, Qt::Key_Escape);
    QTRY_VERIFY(!first);

    const ui::ProfileDialog* again = open();
    QVERIFY(again);
    QCOMPARE(again->findChild<QLineEdit*>(QStringLiteral("profile-name"))->text(), QStringLiteral("staging"));
    QCOMPARE(again->findChild<QLineEdit*>(QStringLiteral("profile-server"))->text(),
             QStringLiteral("http://half.exam"));
    QVERIFY(again->findChild<ui::NoticeLine*>()->isVisible());
    QCOMPARE(store.find(QStringLiteral("staging"))->server, staging);
}

void TestProfiles::dialog_keepsItsButtonsInPlace_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("button");
    const QString good = staging.toString();
    QTest::newRow("no name") << QString() << good << QStringLiteral("profile-add");
    QTest::newRow("no address") << QStringLiteral("x") << QStringLiteral("x y")
                                << QStringLiteral("profile-add");
    QTest::newRow("name taken") << QStringLiteral("local") << good << QStringLiteral("profile-add");
    QTest::newRow("added") << QStringLiteral("x") << good << QStringLiteral("profile-add");
    QTest::newRow("changed") << QStringLiteral("x") << good << QStringLiteral("profile-change");
    QTest::newRow("removed") << QStringLiteral("x") << good << QStringLiteral("profile-remove");
}

void TestProfiles::dialog_keepsItsButtonsInPlace()
{
    QFETCH(const QString, name);
    QFETCH(const QString, server);
    QFETCH(const QString, button);
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("other"), local}));
    ui::ProfileDialog::Unsaved unsaved;
    ui::ProfileDialog dialog(store, unsaved);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.findChild<QLineEdit*>(QStringLiteral("profile-name"))->setText(name);
    dialog.findChild<QLineEdit*>(QStringLiteral("profile-server"))->setText(server);
    const auto places = [&dialog] {
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        QList<QRect> all;
        for (const char* each : {"profile-add", "profile-change", "profile-remove", "profile-name"}) {
            const auto* widget = dialog.findChild<QWidget*>(QLatin1String(each));
            all.append({widget->mapToGlobal(QPoint()), widget->size()});
        }
        return all;
    };
    const QList<QRect> before = places();
    QTest::mouseClick(dialog.findChild<QPushButton*>(button), Qt::LeftButton);
    QCOMPARE(places(), before);
}

void TestProfiles::dialog_takesBackWhatItDid_data()
{
    QTest::addColumn<QString>("button");
    QTest::addColumn<QString>("said");
    QTest::newRow("removed") << QStringLiteral("profile-remove") << QStringLiteral("“local” was removed.");
    QTest::newRow("changed") << QStringLiteral("profile-change") << QStringLiteral("“local” was changed.");
}

void TestProfiles::dialog_takesBackWhatItDid()
{
    QFETCH(const QString, button);
    QFETCH(const QString, said);
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("other"), staging}));
    const QList<Profile> before = store.profiles();
    ui::ProfileDialog::Unsaved unsaved;
    ui::ProfileDialog dialog(store, unsaved);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.findChild<QLineEdit*>(QStringLiteral("profile-name"))->setText(QStringLiteral("renamed"));
    QTest::mouseClick(dialog.findChild<QPushButton*>(button), Qt::LeftButton);
    QVERIFY(store.profiles() != before);
    const auto* list = dialog.findChild<QListWidget*>(QStringLiteral("profiles"));
    QCOMPARE(list->currentRow(), 0); // the one that took its place
    QCOMPARE(dialog.findChild<QLabel*>(QStringLiteral("notice-text"))->text(), said);
    auto* undo = dialog.findChild<QPushButton*>(QStringLiteral("notice-action"));
    QVERIFY(undo->isVisible());
    QTest::mouseClick(undo, Qt::LeftButton);
    QCOMPARE(store.profiles(), before); // in the same order: the first one is the one that opens
    QCOMPARE(ProfileStore(file()).profiles(), before);
    QCOMPARE(list->currentItem()->text(), QStringLiteral("local"));
}

void TestProfiles::menu_goesToAnother()
{
    ProfileStore store(file());
    QVERIFY(store.store({QStringLiteral("staging"), staging}));
    ui::ProfileMenu menu(store, store.profiles().constFirst(), m_access);
    QCOMPARE(menu.text(), QStringLiteral("local (127.0.0.1:3000)"));
    QSignalSpy chosen(&menu, &ui::ProfileMenu::chosen);
    const QList<QAction*> actions = menu.menu()->actions();
    QVERIFY(actions[0]->isChecked());
    actions[0]->trigger(); // it is here already
    QVERIFY(chosen.isEmpty());
    actions[1]->trigger();
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].toString(), QStringLiteral("staging"));
}

void TestProfiles::twoStores_keepEachOthersChanges()
{
    ProfileStore ours(file());
    ProfileStore theirs(file());
    QSignalSpy changed(&theirs, &ProfileStore::changed);
    QVERIFY(ours.store({QStringLiteral("a"), staging}));
    QVERIFY(theirs.store({QStringLiteral("b"), staging}));
    QVERIFY(theirs.find(QStringLiteral("a")));
    QVERIFY(ours.remove(QStringLiteral("b")));            // it has never seen it
    QVERIFY(!theirs.store({QStringLiteral("a"), local})); // still taken
    QVERIFY(!theirs.find(QStringLiteral("b")));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(ProfileStore(file()).profiles(), ours.profiles());
    QCOMPARE(ours.profiles().size(), 2);
}

void TestProfiles::menu_showsWhatAnotherWindowAdded()
{
    ProfileStore ours(file());
    ui::ProfileMenu menu(ours, ours.profiles().constFirst(), m_access);
    ProfileStore theirs(file());
    QVERIFY(theirs.store({QStringLiteral("staging"), staging}));
    emit menu.menu()->aboutToShow();
    QVERIFY(menu.menu()->actions()[1]->text().startsWith(QStringLiteral("staging")));
}

PRISM_WIDGET_TEST(TestProfiles)

} // namespace tst_profiles

#include "tst_profiles.moc"
