#include "tests/gallery/pictures.h"

#include "client/ui/application/language.h"
#include "tests/gallery/scenes.h"
#include "tests/gallery/stage.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>

namespace prism::gallery {

namespace {

bool writePicture(const Scene& scene, const QSize& usual, const QString& path)
{
    Stage stage(scene.make().release());
    stage.resize(scene.size.isEmpty() ? usual : scene.size);
    stage.show();
    QCoreApplication::processEvents(); // layouts and posted palettes
    QCoreApplication::processEvents();
    return stage.grab().save(path);
}

} // namespace

bool writePictures(const PictureOptions& options, ui::Language& language)
{
    if (!QDir().mkpath(options.folder))
        return false;
    const QList<Scene> all = scenes();
    for (const bool dark : options.dark) {
        choosePalette(dark);
        for (const QLocale& locale : options.languages) {
            language.set(locale);
            for (const Scene& scene : all) {
                if (!scene.name.contains(options.only))
                    continue;
                const QString name = QStringLiteral("%1-%2-%3.png")
                                         .arg(scene.name, ui::Language::codeOf(locale),
                                              dark ? QStringLiteral("dark") : QStringLiteral("light"));
                if (!writePicture(scene, options.size, QDir(options.folder).filePath(name)))
                    return false;
            }
        }
    }
    return true;
}

} // namespace prism::gallery
