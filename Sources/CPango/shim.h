// Cairo draws the pages of a letter, Pango sets its lines; both from Debian.
#pragma once
#include <cairo.h>
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
