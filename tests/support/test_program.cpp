#include "tests/support/test_program.h"

#include <algorithm>
#include <cstdio>
#include <utility>

namespace prism::test {

namespace {

// A list, because it has to be there before the first constructor of another file runs.
constinit const TestClass* newest = nullptr;

const TestClass* find(const QByteArray& name)
{
    const TestClass* at = newest;
    while (at && at->name() != name)
        at = at->next();
    return at;
}

} // namespace

TestClass::TestClass(const char* file, Run tests)
    : m_run(tests)
    , m_file(file)
    , m_next(std::exchange(newest, this))
{
}

QByteArray TestClass::name() const
{
    QByteArray name(m_file);
    name = name.sliced(name.lastIndexOf('/') + 1);
    return name.sliced(qsizetype(qstrlen("tst_"))).chopped(qsizetype(qstrlen(".cpp")));
}

} // namespace prism::test

/// PROGRAM CLASS [OPTIONS]: runs one class of tests, with Qt Test's options.
int main(int argc, char* argv[])
{
    using namespace prism::test;
    const TestClass* tests = argc > 1 ? find(argv[1]) : nullptr;
    if (!tests) {
        std::fprintf(stderr, "usage: %s CLASS [Qt Test's options]; the classes are:\n", argv[0]);
        for (const TestClass* each = newest; each; each = each->next())
            std::fprintf(stderr, "  %s\n", each->name().constData());
        return 2;
    }
    // Each class is as one of a program of its own to what asks for the application's name.
    QCoreApplication::setApplicationName(QStringLiteral("tst_%1").arg(QLatin1String(argv[1])));
    std::rotate(argv + 1, argv + 2, argv + argc);
    argv[argc - 1] = nullptr;
    return tests->run(argc - 1, argv);
}
