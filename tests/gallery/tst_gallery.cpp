#include "client/ui/application/language.h"
#include "tests/gallery/pictures.h"
#include "tests/gallery/real_window.h"
#include "tests/gallery/scenes.h"
#include "tests/support/test_program.h"

#include <QDir>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

namespace tst_gallery {

using namespace prism;

/// Every scene can be made alone, and shows something.
class TestGallery : public QObject
{
    Q_OBJECT

private slots:
    void everyScene_makesAPicture();
    void names_areUnique();
};

namespace {

QStringList namesOfAll()
{
    QStringList names = gallery::RealWindow::states();
    const QList<gallery::Scene> scenes = gallery::scenes();
    for (const gallery::Scene& scene : scenes)
        names.append(scene.name);
    return names;
}

} // namespace

void TestGallery::everyScene_makesAPicture()
{
    const QTemporaryDir folder;
    ui::Language language;
    gallery::PictureOptions options;
    options.folder = folder.path();
    options.languages = {QLocale(QLocale::Chinese)};
    options.dark = {true};
    options.sizes = {{960, 640}};
    QVERIFY(gallery::writePictures(options, language));
    const QFileInfoList pictures = QDir(folder.path()).entryInfoList(QDir::Files);
    QCOMPARE(pictures.size(), namesOfAll().size());
    for (const QFileInfo& file : pictures) {
        const QImage picture(file.filePath());
        QVERIFY2(!picture.isNull(), qPrintable(file.fileName()));
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 3) {
            for (int x = 0; x < picture.width(); x += 3)
                colours.insert(picture.pixel(x, y));
        }
        QVERIFY2(colours.size() > 5, qPrintable(file.fileName()));
    }
}

void TestGallery::names_areUnique()
{
    QStringList names = namesOfAll();
    QCOMPARE(names.removeDuplicates(), 0);
}

PRISM_WIDGET_TEST(TestGallery)

} // namespace tst_gallery

#include "tst_gallery.moc"
