#!/usr/bin/perl
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: 2026 The Qingce authors
#
# The workbooks of spec.py by Spreadsheet::WriteExcel (.xls) and Excel::Writer::XLSX: write_perl.pl SPEC FOLDER
use strict;
use warnings;
use JSON::PP;
use Spreadsheet::WriteExcel;
use Excel::Writer::XLSX;

my ($path, $folder) = @ARGV;
open my $in, '<', $path or die $!;
my $spec = decode_json(join '', <$in>);

sub write_book {
    my ($class, $book, $file) = @_;
    my $out = $class->new($file);
    my $bold = $out->add_format(bold => 1);
    $out->set_1904(1) if $book->{base1904};
    for my $sheet (@{$book->{sheets}}) {
        my $page = $out->add_worksheet($sheet->{name});
        if ($sheet->{hidden}) { $page->hide() } else { $page->activate(); $page->set_first_sheet() }
        for my $number (sort { $a <=> $b } keys %{$sheet->{rows}}) {
            my $row = $sheet->{rows}{$number};
            $page->set_row($number - 1, undef, undef, 1) if $row->{hidden};
            for my $column (sort keys %{$row->{cells}}) {
                my $cell = $row->{cells}{$column};
                my ($y, $x, $t, $v) = ($number - 1, ord($column) - ord('A'), $cell->{t}, $cell->{v});
                my $form = $cell->{f} && $t ne 'formula' ? $out->add_format(num_format => $cell->{f}) : undef;
                if ($t eq 'rich') {
                    if ($page->can('write_rich_string')) { $page->write_rich_string($y, $x, $v->[0], $bold, $v->[1], $v->[2]) }
                    else { $page->write_string($y, $x, join '', @$v) }
                }
                elsif ($t eq 'formula') { $page->write_formula($y, $x, "=$cell->{f}", undef, JSON::PP::is_bool($v) ? ($v ? 'TRUE' : 'FALSE') : $v) }
                elsif ($t eq 'date') { $page->write_date_time($y, $x, "${v}T", $form) }
                elsif ($t eq 'num') { $page->write_number($y, $x, $v, $form) }
                elsif ($t eq 'flag') {
                    if ($page->can('write_boolean')) { $page->write_boolean($y, $x, $v ? 1 : 0) }
                    else { $page->write_formula($y, $x, $v ? '=TRUE' : '=FALSE', undef, $v ? 'TRUE' : 'FALSE') }
                }
                else { $page->write_string($y, $x, $v) }
            }
        }
        for my $area (@{$sheet->{merges} || []}) {
            $page->merge_range($area, $sheet->{rows}{1}{cells}{substr $area, 0, 1}{v}, $bold);
        }
    }
    $out->close();
}

for my $name (sort keys %$spec) {
    write_book('Spreadsheet::WriteExcel', $spec->{$name}, "$folder/perl-$name.xls");
    write_book('Excel::Writer::XLSX', $spec->{$name}, "$folder/perl-$name.xlsx");
}
