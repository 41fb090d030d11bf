#include "server/app/command_line.h"
#include "tests/faults/fault_clock.h"
#include "tests/faults/fault_vfs.h"

#include <QByteArray>

#include <cstdio>

/// prism-server as it is, on storage that fails and with a clock that is wrong as the board named by
/// PRISM_FAULT_BOARD orders.
int main(int argc, char* argv[])
{
    const QByteArray file = qgetenv("PRISM_FAULT_BOARD");
    const auto board = file.isEmpty() ? nullptr : prism::test::FaultBoard::open(file.constData());
    if (!board) {
        std::fputs("PRISM_FAULT_BOARD must name a file that can be mapped.\n", stderr);
        return 2;
    }
    const prism::test::FaultVfs vfs(*board);
    const prism::test::FaultClock clock(*board);
    return prism::app::runCommandLine(argc, argv);
}
