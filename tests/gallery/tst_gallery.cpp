#include "client/ui/application/language.h"
#include "tests/gallery/pictures.h"
#include "tests/gallery/scenes.h"
#include "tests/support/test_program.h"

#include <QApplication>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace prism;

/// Every scene can be built alone, in both languages and themes, and shows something.
class TestGallery : public QObject
{
    Q_OBJECT

private slots:
    void everyScene_makesAPicture();
    void names_areUnique();
};

void TestGallery::everyScene_makesAPicture()
{
    const QTemporaryDir folder;
    ui::Language language;
    gallery::PictureOptions options;
    options.folder = folder.path();
    options.languages = {QLocale(QLocale::Chinese)};
    options.dark = {true};
    options.size = {960, 640};
    QVERIFY(gallery::writePictures(options, language));
    const QList<gallery::Scene> scenes = gallery::scenes();
    for (const gallery::Scene& scene : scenes) {
        const QImage picture(folder.filePath(scene.name + QStringLiteral("-zh_CN-dark.png")));
        QVERIFY2(!picture.isNull(), qPrintable(scene.name));
        QSet<QRgb> colours;
        for (int y = 0; y < picture.height(); y += 3) {
            for (int x = 0; x < picture.width(); x += 3)
                colours.insert(picture.pixel(x, y));
        }
        QVERIFY2(colours.size() > 5, qPrintable(scene.name));
    }
}

void TestGallery::names_areUnique()
{
    QSet<QString> names;
    const QList<gallery::Scene> scenes = gallery::scenes();
    for (const gallery::Scene& scene : scenes)
        names.insert(scene.name);
    QCOMPARE(names.size(), scenes.size());
}

PRISM_WIDGET_TEST(TestGallery)
#include "tst_gallery.moc"
