// Workbooks are written by libxlsxwriter from Debian.
#pragma once
#include <xlsxwriter.h>
