import type { Finish } from './finish.ts'
import { renderCircle, renderLine, renderPath, renderRect } from './svg.ts'
import type { SideShape } from './side-shape.ts'

const bumper = (x: number, y: number, width: number): string =>
  renderRect(x, y, width, 24, {
    rx: 11,
    fill: 'url(#chrome)',
    stroke: '#646b72',
    'stroke-width': 1.5,
  })

const scoop = (finish: Finish): string =>
  renderPath('M 1016 600 L 1062 604 L 1058 660 L 1022 650 Z', {
    fill: finish.deep,
    'fill-opacity': 0.8,
  }) +
  renderLine('M 700 640 C 820 648 920 648 1016 636', finish.deep, 4, { 'stroke-opacity': 0.6 }) +
  renderLine('M 690 626 C 820 632 920 630 1016 616', '#ffffff', 3, {
    'stroke-opacity': finish.gloss * 0.7,
  })

/** The notchback of the sixties with the long flat hood. */
export const classicCoupe: SideShape = {
  body:
    'M 190 738 L 184 692 C 174 660 166 620 158 580 C 166 566 200 560 262 557 C 400 550 560 ' +
    '547 652 545 C 690 507 730 475 772 459 ' +
    'C 800 451 860 447 920 447 C 980 447 1024 453 1054 468 C 1104 494 1152 526 1188 550 C ' +
    '1270 553 1360 557 1426 562 ' +
    'C 1438 568 1442 580 1442 594 L 1438 660 C 1436 690 1434 712 1424 738 Z',
  glass:
    'M 694 548 C 726 516 756 488 788 472 C 832 463 880 461 930 461 C 980 461 1012 467 1036 ' +
    '480 C 1070 502 1102 528 1124 548 Z',
  screens:
    'M 662 544 C 700 507 736 478 774 464 L 768 472 C 738 490 708 518 682 546 Z M 1064 476 C ' +
    '1108 500 1148 526 1178 548 L 1152 548 C 1120 524 1086 500 1060 482 Z',
  posts: 'M 1000 450 L 1012 560',
  axles: [392, 1144],
  radius: 95,
  roof: 446,
  belt: 570,
  sill: 734,
  seams: [
    'M 668 548 C 658 600 662 690 676 722 L 1020 722 C 1024 660 1020 600 1012 550',
    'M 166 572 C 320 562 520 558 640 556',
    'M 1228 556 C 1222 566 1220 572 1220 580',
  ],
  handles: [[968, 586]],
  crease:
    'M 176 592 C 420 576 700 580 920 582 C 1020 582 1100 570 1190 566 C 1280 566 1370 570 1440 580',
  swage: 'M 500 700 L 1030 700',
  headlight:
    'M 166 588 C 178 582 188 588 192 604 C 196 624 192 640 182 642 C 176 624 170 606 166 588 Z',
  taillight: 'M 1430 592 L 1441 592 L 1438 650 L 1428 650 Z',
  mirror: [714, 540],
  seats: [896, 1030],
  cladding: '',
  chrome: true,
  wheels: ['mag'],
  arch: { gap: 8, lip: 'paint' },
  inFront: (finish) =>
    scoop(finish) +
    bumper(150, 668, 70) +
    bumper(1392, 668, 66) +
    renderLine('M 500 730 L 1036 730', '#d5dade', 7) +
    renderCircle(1330, 594, 13, { fill: 'url(#dome)', stroke: '#646b72', 'stroke-width': 1.5 }),
}

const twoTone = (): string =>
  renderPath('M 166 586 L 1452 578 L 1452 640 L 166 644 Z', {
    fill: '#f3efe4',
    'fill-opacity': 0.96,
  }) +
  renderLine('M 164 586 L 1452 578', '#d5dade', 6) +
  renderLine('M 166 644 L 1452 640', '#d5dade', 6)

/** The fleetside pickup of the early seventies: two-tone, one cab, a long flat hood. */
export const classicPickup: SideShape = {
  body:
    'M 178 724 L 164 694 L 158 566 C 158 542 166 530 188 526 C 310 514 430 507 524 503 C 552 ' +
    '460 594 402 626 378 ' +
    'C 656 366 726 361 796 362 C 834 364 852 372 858 392 C 868 430 874 470 876 503 L 880 512 ' +
    'L 890 504 L 1444 502 C 1452 502 1454 508 1454 516 ' +
    'L 1458 690 C 1458 706 1450 714 1434 720 L 1420 724 Z',
  glass:
    'M 572 504 C 598 462 626 417 650 396 C 698 386 752 384 802 388 C 824 392 832 402 836 426 ' +
    'L 842 502 Z',
  screens: 'M 536 502 C 562 460 600 408 630 386 L 640 392 C 612 416 584 460 560 503 Z',
  posts: 'M 652 390 L 656 510',
  axles: [366, 1142],
  radius: 98,
  roof: 362,
  belt: 530,
  sill: 720,
  seams: [
    'M 550 506 C 540 580 542 660 556 704 L 846 704 C 850 640 848 570 844 506',
    'M 884 510 L 888 716',
    'M 170 534 C 310 522 430 516 516 514',
  ],
  handles: [[806, 550]],
  crease: 'M 190 556 C 440 542 700 540 1000 538 L 1450 532',
  swage: 'M 480 674 L 1040 670',
  headlight:
    'M 162 566 C 172 560 182 568 184 588 C 186 608 180 622 168 622 C 162 604 160 584 162 566 Z',
  taillight: 'M 1438 540 L 1454 540 L 1456 612 L 1440 612 Z',
  mirror: [566, 488],
  seats: [768],
  cladding: '',
  chrome: true,
  wheels: ['cap'],
  arch: { gap: 9, lip: 'paint' },
  inFront: () =>
    bumper(136, 676, 96) +
    bumper(1400, 684, 78) +
    renderLine('M 894 505 L 1446 503', '#1d2023', 6) +
    renderLine('M 560 712 L 846 712', '#d5dade', 5),
  stripe: twoTone,
}
