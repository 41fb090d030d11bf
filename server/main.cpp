#include "server/app/command_line.h"

int main(int argc, char* argv[])
{
    return prism::app::runCommandLine(argc, argv);
}
